"""Asking for a file."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.documents.formats import Format
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import Document
from rtportal.documents.use_cases.write_file import LEASE, write_file
from rtportal.lib.wakeup import wake_after_commit

_STATE = GeneratedFile.State


def request_export(*, export: Document, file_format: Format, by: User, clock: Callable[[], datetime]) -> GeneratedFile:
    """Does: writes a small file at once, queues a large one for the worker; returns its row.

    Refuses: nothing, `export` has been opened for this user. While the same file of the same user is waiting, that one
    is returned: a second click does not make a second file.
    Tells: the worker, about a large file.
    """
    now = clock()
    waiting = GeneratedFile.objects.filter(
        owner=by, export=export.identifier, format=file_format.name, params=export.params
    )
    if twin := waiting.filter(state__in=[_STATE.QUEUED, _STATE.RUNNING]).first():
        return twin
    rows = export.count()
    is_small = rows <= export.most_at_once
    with transaction.atomic():
        file = GeneratedFile.objects.create(
            owner=by,
            export=export.identifier,
            format=file_format.name,
            params=export.params,
            region_code=export.region_code,
            subject=export.subject,
            title=export.title[:200],
            filename=f"{export.filename}.{file_format.name}",
            # A request that dies while it writes leaves a lease that runs out, and the worker takes over.
            state=_STATE.RUNNING if is_small else _STATE.QUEUED,
            lease_until=now + LEASE if is_small else None,
            attempt_count=1 if is_small else 0,
            rows_total=rows,
            requested_at=now,
        )
        if not is_small:
            wake_after_commit("documents.write_waiting_files")
    if is_small:
        write_file(file=file, clock=clock)
    return file
