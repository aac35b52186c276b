"""Not more often, and not more, than an address is made for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rtportal.web import limits
from rtportal.web.limits import LIMITS, Limit
from tests import factories
from tests.rtportal.doors import DOORS

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions()
    client = Client()
    client.force_login(factories.user(role="admin"))
    return client


@pytest.fixture
def few(monkeypatch):
    """Two of everything are enough."""
    fewer = {name: Limit(2, one.seconds, one.method, one.counts_refusals) for name, one in LIMITS.items()}
    monkeypatch.setattr(limits, "LIMITS", fewer)
    monkeypatch.setattr(limits, "SEARCH", Limit(2, method="GET"))


def upload(client: Client) -> int:
    file = SimpleUploadedFile("daftar.csv", b"Nama;RT\n")
    return client.post("/ketua-rt/impor/", {"upload": file}).status_code


def test_the_table_names_addresses_that_there_are():
    assert set(LIMITS) <= set(DOORS)


def test_what_comes_too_often_is_told_to_wait_and_others_go_on(few, official):
    assert [upload(official) for _ in range(3)][-1] == 429
    answer = official.post("/ketua-rt/impor/", {})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Terlalu banyak percobaan" in answer.text
    # Looking, other pages and other people are not concerned.
    assert official.get("/ketua-rt/impor/").status_code == 200
    other = Client()
    other.force_login(factories.user(role="admin"))
    assert upload(other) != 429


def test_searching_is_counted_on_all_pages_together(few, official):
    told = [official.get(page, {"cari": "ali"}).status_code for page in ("/ketua-rt/", "/pesan/", "/narasumber/")]
    assert told == [200, 200, 429]
    assert official.get("/ketua-rt/").status_code == 200


def test_guesses_of_a_call_backs_secret_end_and_true_reports_do_not(few, settings):
    settings.GATEWAY = {**settings.GATEWAY, "secret": "rahasia"}
    address = reverse("messaging:gateway_call_back")
    true = {"X-Webhook-Secret": "rahasia"}
    client = Client()
    assert {client.post(address, {}, headers=true).status_code for _ in range(5)} & {403, 404, 429} == set()
    guesses = [client.post(address, {}, headers={"X-Webhook-Secret": str(n)}).status_code for n in range(4)]
    assert guesses[-1] == 429
    assert 429 not in guesses[:2]


def test_a_speakers_page_has_the_limit_of_uploads_too(few):
    factories.regions()
    told = [Client().post("/n/tidak-ada/materi/").status_code for _ in range(3)]
    assert told == [404, 404, 429]


def test_another_address_of_the_same_line_has_no_tries_of_its_own(few):
    factories.regions()
    addresses = ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1::3", "2001:db8:0:2::1"]
    told = [Client(REMOTE_ADDR=address).post("/n/tidak-ada/materi/").status_code for address in addresses]
    assert told == [404, 404, 429, 404]


def test_a_request_larger_than_any_form_is_not_read(official, settings):
    settings.LARGEST_UPLOAD = 1024
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    for address in ("/ketua-rt/impor/", "/u/apa-saja/"):
        answer = official.post(address, {"upload": SimpleUploadedFile("daftar.csv", b"x" * 10_000)})
        assert answer.status_code == 413
        assert "Tidak ada yang berubah" in answer.text


@pytest.mark.parametrize("said", ["", "x", "²", "-1"])
def test_a_length_that_is_none_is_none(said, rf):
    assert limits._length(rf.get("/", CONTENT_LENGTH=said)) == 0


def test_more_fields_than_any_form_has_are_refused(official):
    answer = official.post("/ketua-rt/impor/", {f"kolom-{n}": "" for n in range(10_001)})
    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca" in answer.text
