"""Asking for a file."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.documents.formats import Format
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import Document, Export
from rtportal.documents.use_cases.write_file import LEASE, write_file
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.lib.wakeup import wake_after_commit

_STATE = GeneratedFile.State
SHORTEST_PURPOSE, LONGEST_PURPOSE = 10, 200


class ExportRefused(InputError):
    """The file is not made as it was asked for; the sentence says what to change, `field` where."""

    def __init__(self, sentence: str, *, field: str):
        super().__init__(sentence)
        self.field = field


def request_export(
    *, export: Document, file_format: Format, by: User, clock: Callable[[], datetime], purpose: str = ""
) -> GeneratedFile:
    """Does: writes a small file at once, queues a large one for the worker; returns its row.

    Refuses: ExportRefused for identity in full without a purpose or in a format that cannot say what it is for, and
    for more rows than the format takes. Rights were asked when `export` was opened for this user. While the same file
    of the same user is waiting, that one is returned: a second click does not make a second file.
    Tells: the worker, about a large file.
    """
    now = clock()
    purpose = " ".join(purpose.split())[:LONGEST_PURPOSE]
    is_unmasked = isinstance(export, Export) and export.is_unmasked
    if is_unmasked:
        _refuse_unexplained(file_format, purpose)
    waiting = GeneratedFile.objects.filter(
        owner=by,
        export=export.identifier,
        format=file_format.name,
        params=export.params,
        purpose=purpose,
        is_unmasked=is_unmasked,
    )
    if twin := waiting.filter(state__in=[_STATE.QUEUED, _STATE.RUNNING]).first():
        return twin
    rows = export.count()
    is_small = rows <= export.most_at_once
    if isinstance(export, Export):
        _refuse_too_many(file_format, rows)
        is_small = is_small and rows <= file_format.most_at_once
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
            purpose=purpose,
            is_unmasked=is_unmasked,
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


def _refuse_unexplained(file_format: Format, purpose: str) -> None:
    if not file_format.has_imprint:
        raise ExportRefused(
            f"NIK dan nomor HP lengkap tidak diberikan sebagai {file_format.label}, karena berkasnya tidak dapat "
            "memuat keterangan untuk siapa dan untuk apa. Pilih Excel atau PDF.",
            field="format",
        )
    if len(purpose) < SHORTEST_PURPOSE:
        raise ExportRefused(
            f"Tulis keperluannya paling sedikit {SHORTEST_PURPOSE} huruf, misalnya “Verifikasi data ke Disdukcapil”.",
            field="purpose",
        )


def _refuse_too_many(file_format: Format, rows: int) -> None:
    if file_format.most_rows and rows > file_format.most_rows:
        raise ExportRefused(
            f"{file_format.label} memuat paling banyak {thousands(file_format.most_rows)} baris, sedangkan ini "
            f"{thousands(rows)} baris. Saring daftarnya, atau pilih Excel atau CSV.",
            field="format",
        )
