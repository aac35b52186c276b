"""What the scanners' accepted findings claim, proved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from participants.models import RosterImport
from tests import factories
from tests.scan.accepted import reason_for

CSRF = "Cross Site Request Forgery"


@pytest.mark.django_db
def test_an_upload_with_a_wrong_token_is_refused():
    factories.regions()
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.user())
    client.get("/ketua-rt/impor/")
    upload = SimpleUploadedFile("daftar.csv", b"Nama;RT")
    fields = {"upload": upload, "region": factories.TABALONG, "csrfmiddlewaretoken": "x" * 64}
    assert client.post("/ketua-rt/impor/", fields).status_code == 403
    assert not RosterImport.objects.exists()


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
