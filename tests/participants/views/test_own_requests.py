"""A copy of everything and further wishes, behind the four digits, without script and cookies."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from participants.models import DataRequest
from participants.views.own_data_proof import make_proof
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from tests import factories
from tests.factories import MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=20)
    return factories.enrolment(wave=factories.wave(on=day), head=factories.head(email="ahmad@rt.test"))


def post(client, enrolment, what: str, *, at=None, **sent):
    proof = make_proof(enrolment, at or clock.now())
    return client.post(f"{factories.personal_path(enrolment)}data/{what}/", {"proof": proof} | sent)


def test_everything_comes_as_json(client, enrolment) -> None:
    response = post(client, enrolment, "salinan", bentuk="json")
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    assert json.loads(response.content)["head"][0]["name"] == "Ahmad Fauzi"
    assert not client.cookies
    assert AuditEvent.objects.get(action="own_data.copied").subject == f"head:{enrolment.head_id}"


def test_everything_comes_as_pdf(client, enrolment) -> None:
    response = post(client, enrolment, "salinan", bentuk="pdf")
    assert response.content.startswith(b"%PDF-")
    assert 'filename="salinan-data-ahmad-fauzi.pdf"' in response["Content-Disposition"]


@pytest.mark.parametrize("what", ["salinan", "permintaan"])
def test_without_a_good_proof_the_digits_are_asked(client, enrolment, what: str) -> None:
    response = post(client, enrolment, what, at=clock.now() - timedelta(hours=1), permintaan="erasure")
    assert response.status_code == 403
    assert "Empat angka terakhir" in response.content.decode()
    assert not DataRequest.objects.exists()


def test_a_dead_link_leads_to_the_page_that_says_so(client, enrolment) -> None:
    path = factories.personal_path(enrolment)
    type(enrolment).objects.update(link_revoked_at=clock.now())
    response = client.post(f"{path}data/salinan/", {"proof": make_proof(enrolment, clock.now())})
    assert response["Location"] == path


def test_a_wish_is_kept_with_its_deadline_and_shown(client, enrolment) -> None:
    page = post(client, enrolment, "permintaan", permintaan="restriction", keterangan="Jangan lewat WhatsApp")
    row = DataRequest.objects.get()
    assert (row.kind, row.came_by, row.recorded_by) == ("restriction", "page", None)
    assert "sudah kami terima" in page.content.decode()
    assert "Jangan lewat WhatsApp" in page.content.decode()


@pytest.mark.parametrize("kind", ["", "shoes"])
def test_an_unknown_wish_is_refused_in_words(client, enrolment, kind: str) -> None:
    page = post(client, enrolment, "permintaan", permintaan=kind)
    assert page.status_code == 422
    assert "Pilih apa yang diminta." in page.content.decode()


def test_the_page_offers_it_after_the_digits(client, enrolment) -> None:
    page = client.post(f"{factories.personal_path(enrolment)}data/", {"digits": "7890"}).content.decode()
    assert re.search(r'action="salinan/"', page)
