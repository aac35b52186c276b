"""What the scanners' accepted findings claim, proved."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from participants.models import RosterImport
from tests import factories
from tests.scan.accepted import UPLOADS, reason_for

CSRF = "Cross Site Request Forgery"


@pytest.mark.django_db
def test_an_upload_with_a_wrong_token_is_refused():
    factories.regions()
    wave, office = factories.wave(), factories.office()
    session = factories.session(wave=wave)
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.user(role="admin"))
    client.get("/ketua-rt/impor/")
    taken = [
        "/ketua-rt/impor/",
        f"/kantor/{office.pk}/kop/",
        f"/sesi/{session.pk}/materi/",
        f"/gelombang/{wave.pk}/laporan/foto/",
    ]
    for path in taken:
        assert reason_for(CSRF, path)
        upload = SimpleUploadedFile("daftar.csv", b"Nama;RT")
        fields = {"upload": upload, "region": factories.TABALONG, "csrfmiddlewaretoken": "x" * 64}
        assert client.post(path, fields).status_code == 403
    assert len(taken) == len(UPLOADS)
    assert not RosterImport.objects.exists()


def test_nothing_here_speaks_ldap():
    assert "ldap" not in Path("requirements.txt").read_text().lower()
    assert not find_spec("ldap")
    assert not find_spec("ldap3")


@pytest.mark.django_db
def test_pages_of_a_personal_link_set_no_cookie(client):
    factories.regions()
    person = factories.enrolment(wave=factories.wave())
    path = factories.personal_path(person)
    assert client.get(path).status_code == 200
    assert client.post(path, {"answer": "nonsense"}).status_code != 403
    assert not client.cookies


def test_what_is_accepted_on_one_page_is_not_on_others():
    assert reason_for(CSRF, "/u/abc/")
    assert not reason_for(CSRF, "/gelombang/1/undangan/buka/")
    assert not reason_for("SQL injection", "/u/abc/")
