"""Every way in for files against files that no office should keep.

The table must name every view that takes one, so a new one cannot be forgotten.
"""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from participants.models import RosterImport
from participants.use_cases.process_roster_imports import process_roster_imports
from rtportal.lib import clock
from tests import factories
from tests.architecture.calls import functions_with
from tests.rtportal.everything import everything

pytestmark = pytest.mark.django_db

# URL name: the field, and what else its form needs; `thing` of the world in `everything.py` stands in the address.
WAYS_IN = {
    "participants:import_create": ("", "upload", {"region": factories.TABALONG}),
    "participants:wave_photo_add": ("wave", "photo", {}),
    "documents:signed_paper_add": ("paper_file", "signed", {}),
    "programs:office_letterhead": ("office", "logo", {"address": "Jalan Raya 1", "version": 0}),
    "training_sessions:material_list": ("session", "upload", {}),
    "training_sessions:speaker_material_add": ("speaker_token", "upload", {}),
}
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(200)
PAGE = b"<!doctype html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HOSTILE = {
    "a program called a PDF": ("surat.pdf", PROGRAM, "application/pdf"),
    "a program called a picture": ("foto.png", PROGRAM, "image/png"),
    "a program called a table": ("daftar.xlsx", PROGRAM, "application/vnd.ms-excel"),
    "a program": ("pasang.exe", PROGRAM, "application/octet-stream"),
    "a page": ("halaman.html", PAGE, "text/html"),
    "a page called a PDF": ("halaman.pdf", PAGE, "application/pdf"),
    "a page called a picture": ("halaman.jpg", PAGE, "image/jpeg"),
    "a drawing with a script": ("lambang.svg", DRAWING, "image/svg+xml"),
    "nothing": ("kosong.pdf", b"", "application/pdf"),
    "a name that leads elsewhere": ("../../../etc/cron.d/x.php", PROGRAM, "text/x-php"),
    "a name that reads backwards": ("surat\u202efdp.exe", PROGRAM, "application/pdf"),
}


@pytest.fixture
def world(settings, tmp_path):
    folder = str(tmp_path / "files")
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    }
    return everything()


def kept() -> set[Path]:
    return {path for path in Path(default_storage.location).rglob("*") if path.is_file()}


def address_of(name: str, things: dict) -> str:
    return reverse(name, args=things[WAYS_IN[name][0]])


def test_the_table_names_every_view_that_takes_a_file(world):
    _, things = world
    views = [resolve(address_of(name, things)).func for name in WAYS_IN]
    named = {(view.__module__, view.__name__) for view in views}
    assert {way for way in functions_with("request.FILES") if ".views." in way[0]} == named


@pytest.mark.parametrize("name", WAYS_IN)
def test_what_no_office_should_keep_is_refused_in_words(name, world):
    people, things = world
    client = Client(raise_request_exception=False)
    client.force_login(people["official"])
    _, field, data = WAYS_IN[name]
    if name == "training_sessions:speaker_material_add":
        data = {"session": things["session"][0]}
    before = kept()
    for kind, (filename, content, content_type) in HOSTILE.items():
        file = SimpleUploadedFile("x", content, content_type)
        # As it comes: the class takes only the last part.
        file._name = filename
        answer = client.post(address_of(name, things), data | {field: file})
        assert answer.status_code in {200, 302, 422}, kind
    # Of a roster the worker says whether it is one, and drops it.
    for _ in range(len(HOSTILE)):
        process_roster_imports(now=clock.now())
    assert not RosterImport.objects.exclude(state=RosterImport.State.REFUSED).exclude(path="").exists()
    assert kept() == before
