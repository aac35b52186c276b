"""No room left on the disk: a clear sentence, and nothing half written.

The kernel's limit on the size of a file stands for the full disk: a write ends half way with an error from below.
"""

import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from participants.models import RosterImport
from rtportal.audit.models import AuditEvent
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from rtportal.lib import clock
from rtportal.lib.full_disk import SENTENCE, is_full
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.faults]


@contextmanager
def room_for(size: int):
    """No file may grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(folder: str) -> list[Path]:
    return [path for path in (Path(settings.VAR_DIR) / "files" / folder).glob("**/*") if path.is_file()]


def test_an_upload_without_room_is_told_so_and_leaves_nothing():
    factories.regions()
    client = Client(raise_request_exception=False)
    client.force_login(factories.user())
    there = files_in("rosters")
    upload = SimpleUploadedFile("daftar.csv", b"Nama;RT\n" * 200_000)
    with room_for(1_000_000):
        response = client.post(reverse("participants:import_create"), {"upload": upload, "region": factories.TABALONG})
    assert response.status_code == 507
    assert "penuh" in response.content.decode()
    assert files_in("rosters") == there
    assert not RosterImport.objects.exists()
    assert not AuditEvent.objects.filter(action="roster.uploaded").exists()


# SQLite lies on the same disk and could not note that it failed; its lease runs out, and it is tried again.
@pytest.mark.row_locks
def test_an_export_without_room_says_so_and_leaves_no_piece():
    factories.regions()
    factories.heads(12_000)
    admin = factories.user(role="admin")
    export = open_export("daftar-ketua-rt", user=admin, params={"region": factories.TABALONG})
    there = files_in("exports")
    with room_for(600_000):
        file = request_export(export=export, file_format=FORMATS["csv"], by=admin, clock=clock.now)
        write_waiting_files(clock=clock.now)
    file.refresh_from_db()
    assert (file.state, file.failure) == (GeneratedFile.State.FAILED, SENTENCE)
    assert files_in("exports") == there


def test_storage_keeps_a_file_whole_or_not_at_all():
    with room_for(100), pytest.raises(OSError) as caught:
        default_storage.save("rosters/uji", ContentFile(b"x" * 1000))
    assert is_full(caught.value)
    assert not default_storage.exists("rosters/uji")


def test_what_databases_say_without_room_is_understood():
    class Full(Exception):
        pgcode = "53100"

    wrapped = OperationalError("could not extend file")
    wrapped.__cause__ = Full()
    assert is_full(wrapped)
    assert is_full(OperationalError("database or disk is full"))
    assert not is_full(OperationalError("connection refused"))
