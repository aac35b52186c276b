"""The own data behind the personal link, as a browser without script and without cookies meets it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from participants.models import DataCorrection, Enrolment, RTHead
from participants.use_cases.check_phone_digits import PAUSE
from participants.use_cases.decide_correction import decide_correction
from participants.views.own_data_proof import LASTS, is_proven, make_proof
from rtportal.lib import clock
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict_client():
    """No CSRF token, no cookie."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    day = clock.local_date(clock.now(), "WITA") + timedelta(days=20)
    head = factories.head(number="005", rw="002", gelar_depan="H.", email="ahmad@rt.test", nik_digest="ab" * 32)
    return factories.enrolment(wave=factories.wave(on=day), head=head)


def path(enrolment: Enrolment) -> str:
    return f"{factories.personal_path(enrolment)}data/"


def opened(enrolment: Enrolment, client: Client) -> str:
    return client.post(path(enrolment), {"digits": "7890"}).content.decode()


def proof_in(page: str) -> str:
    return re.search(r'name="proof" value="([^"]+)"', page)[1]


def sent(enrolment: Enrolment, client: Client, **typed):
    same = {"name": "H. Ahmad Fauzi", "phone": "0812-3456-7890", "email": "ahmad@rt.test", "note": ""}
    return client.post(path(enrolment), same | typed | {"proof": proof_in(opened(enrolment, client))})


def test_looking_shows_name_and_rt_alone_and_counts_no_try(enrolment, strict_client):
    response = strict_client.get(path(enrolment), {"digits": "0000"})
    page = response.content.decode()
    assert "H. Ahmad Fauzi" in page
    assert "RT 005/RW 002" in page
    for hidden in ("7890", "0812", "ahmad@rt.test", "proof"):
        assert hidden not in page, hidden
    assert Enrolment.objects.get().wrong_digits == 0
    assert strict_client.head(path(enrolment)).status_code == 200
    assert strict_client.put(path(enrolment)).status_code == 405


def test_four_digits_show_the_data_without_a_cookie_and_never_the_nik(enrolment, strict_client):
    response = strict_client.post(path(enrolment), {"digits": " 78 90 "})
    page = response.content.decode()
    assert response.status_code == 200
    for shown in ("0812-3456-7890", "ahmad@rt.test", "tersimpan, dan tidak ditampilkan", "Perbaiki data saya"):
        assert shown in page, shown
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("digits", ["", "789", "78901", "abcd", "７８９", "٧٨٩٠", "0812-3456-7890"])
def test_what_are_not_four_digits_counts_no_try(enrolment, strict_client, digits):
    response = strict_client.post(path(enrolment), {"digits": digits})
    assert response.status_code == 422
    assert "Ketik 4 angka terakhir saja" in response.content.decode()
    assert Enrolment.objects.get().wrong_digits == 0


def test_wide_digits_of_some_keyboards_are_digits(enrolment, strict_client):
    assert strict_client.post(path(enrolment), {"digits": "７８９０"}).status_code == 200


def test_five_wrong_tries_begin_a_pause_that_also_holds_back_the_right_ones(enrolment, strict_client):
    for _ in range(4):
        assert strict_client.post(path(enrolment), {"digits": "0000"}).status_code == 422
    assert strict_client.post(path(enrolment), {"digits": "0000"}).status_code == 429
    again = strict_client.post(path(enrolment), {"digits": "7890"})
    assert again.status_code == 429
    assert "Coba lagi mulai pukul" in again.content.decode()
    assert "0812" not in again.content.decode()
    Enrolment.objects.update(digits_again_at=clock.now() - PAUSE)
    assert strict_client.post(path(enrolment), {"digits": "7890"}).status_code == 200


def test_a_head_without_a_telephone_reads_whom_to_ask(enrolment, strict_client):
    RTHead.objects.update(phone="")
    page = strict_client.get(path(enrolment)).content.decode()
    assert "Nomor HP Bapak/Ibu belum tercatat" in page
    assert 'href="tel:+625262021234"' in page
    assert 'name="digits"' not in page
    assert strict_client.post(path(enrolment), {"digits": "7890"}).status_code == 422


def test_a_request_is_taken_and_its_state_read_on_the_same_page(enrolment, strict_client):
    response = sent(enrolment, strict_client, phone="0813-1111-2222", note="RT <salah>")
    page = response.content.decode()
    correction = DataCorrection.objects.get()
    assert response.status_code == 200
    assert "Permintaan Bapak/Ibu sudah kami terima." in page
    assert clock.moment_words(correction.due_at, "WITA") in page
    assert "RT &lt;salah&gt;" in page
    assert 'name="phone"' not in page

    official = factories.user()
    decide_correction(
        correction=correction, is_accepted=False, note="Nomor itu milik orang lain", by=official, now=clock.now()
    )
    page = opened(enrolment, strict_client)
    assert "<strong>Ditolak</strong>" in page
    assert "Nomor itu milik orang lain" in page
    assert 'name="proof"' in page


def test_sending_twice_is_one_request(enrolment, strict_client):
    proof = proof_in(opened(enrolment, strict_client))
    asked = {"name": "H. Ahmad Fauzi", "phone": "0813-1111-2222", "email": "", "note": "", "proof": proof}
    strict_client.post(path(enrolment), asked)
    again = strict_client.post(path(enrolment), asked)
    assert again.status_code == 422
    assert "sedang diperiksa" in again.content.decode()
    assert DataCorrection.objects.count() == 1


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(enrolment, strict_client):
    response = sent(enrolment, strict_client, phone="12", email="ahmad@", note="RT 006")
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("Nomor telepon terlalu pendek", "Alamat e-mail tidak benar", 'value="12"', "RT 006</textarea>"):
        assert words in page, words
    assert not DataCorrection.objects.exists()


def test_after_a_quarter_of_an_hour_the_digits_are_asked_again_and_nothing_typed_is_lost(enrolment, strict_client):
    old = make_proof(enrolment, clock.now() - LASTS)
    typed = {"name": "H. Ahmad Fauzan", "phone": "0813-1111-2222", "email": "", "note": "RT 006"}
    late = strict_client.post(path(enrolment), typed | {"proof": old})
    page = late.content.decode()
    assert late.status_code == 403
    assert "isian Bapak/Ibu tetap ada" in page
    assert not DataCorrection.objects.exists()
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert kept == typed
    again = strict_client.post(path(enrolment), kept | {"digits": "7890"}).content.decode()
    assert 'value="H. Ahmad Fauzan"' in again
    assert "RT 006</textarea>" in again


@pytest.mark.parametrize("proof", ["", "x", "a:b:c", "é" * 400, "[1]"])
def test_a_made_up_proof_opens_nothing(enrolment, strict_client, proof):
    response = strict_client.post(path(enrolment), {"proof": proof, "note": "x"})
    assert response.status_code == 403
    assert "0812" not in response.content.decode()


def test_a_proof_is_good_for_one_enrolment_one_head_and_one_link(enrolment):
    proof = make_proof(enrolment, NOW)
    assert is_proven(proof, enrolment, NOW + LASTS - timedelta(seconds=1))
    assert not is_proven(proof, enrolment, NOW + LASTS)
    other = factories.enrolment(wave=enrolment.wave, head=factories.head(number="009"))
    assert not is_proven(proof, other, NOW)
    for field, value in (("link_hash", "0" * 64), ("head_id", other.head_id)):
        changed = Enrolment.objects.get(pk=enrolment.pk)
        setattr(changed, field, value)
        assert not is_proven(proof, changed, NOW), field


@pytest.mark.parametrize("token", ["x", "A" * 27, "..%2e", "é"])
def test_a_strangers_token_is_told_so_by_the_personal_page(db, strict_client, token):
    for send in (strict_client.get, strict_client.post):
        response = send(f"/u/{token}/data/", follow=True)
        assert response.status_code == 404
        assert "tidak dikenal" in response.content.decode()


def test_a_revoked_link_opens_no_data(enrolment, strict_client):
    Enrolment.objects.update(link_revoked_at=clock.now())
    response = strict_client.post(path(enrolment), {"digits": "7890"}, follow=True)
    assert response.status_code == 410
    assert Enrolment.objects.get().wrong_digits == 0


def test_every_personal_page_leads_to_the_privacy_notice_and_to_the_own_data(enrolment, strict_client):
    page = strict_client.get(factories.personal_path(enrolment)).content.decode()
    assert 'href="/privasi/"' in page
    assert 'href="data/"' in page
    assert 'href="/privasi/"' in strict_client.get("/k/").content.decode()
    assert 'href="/privasi/"' in strict_client.get(path(enrolment)).content.decode()
