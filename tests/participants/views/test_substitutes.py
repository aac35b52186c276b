import pytest

from participants.models import Enrolment
from programs.models import Program
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO
from tests.participants.substitutes import name_substitute
from tests.participants.two_waves import coming_waves, enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(db):
    wave = coming_waves()[0]
    Program.objects.update(substitutes="approved", substitute_letter=True)
    return name_substitute(enrol(wave, 1)[0], now=clock.now())


@pytest.fixture
def operator(named, client):
    who = factories.user(role="village_operator", region=named.village_id, name="Operator Kelurahan")
    client.force_login(who)
    return who


def post(client, named: Enrolment, path: str = "wakil/", **typed):
    return client.post(f"/peserta/{named.pk}/{path}", {"wakil": named.substitute_key} | typed, follow=True)


def test_the_participants_page_shows_what_stands_and_what_was_decided(named, operator, client):
    page = client.get(f"/peserta/{named.pk}/").content.decode()
    assert "Wakil menunggu persetujuan" in page
    assert "Surat tugas belum ada" in page
    page = post(client, named, putusan="setuju").content.decode()
    assert "Wakil disetujui" in page
    assert "Riwayat wakil" in page
    page = post(client, named, "wakil/surat/", surat="ada").content.decode()
    assert "Surat tugas ada" in page
    assert "surat tugas diterima" in page


def test_a_refusal_without_a_reason_is_refused_with_a_sentence(named, operator, client):
    assert "Isi alasan menolak wakil" in post(client, named, putusan="tolak").content.decode()
    named.refresh_from_db()
    assert named.answer == "represented"


def test_what_is_neither_yes_nor_no_decides_nothing(named, operator, client):
    for typed in ({}, {"putusan": "entah"}):
        assert "Pilih Setujui atau Tolak." in post(client, named, alasan="Bukan pengurus RT.", **typed).content.decode()
    named.refresh_from_db()
    assert (named.answer, named.substitute_state) == ("represented", "pending")


def test_after_a_refusal_officials_and_the_head_read_why_and_the_head_answers_again(named, operator, client):
    page = post(client, named, putusan="tolak", alasan="Wakil harus pengurus RT.").content.decode()
    assert "Wakil ditolak" in page
    assert "Wakil harus pengurus RT." in page
    personal = factories.personal_path(named)
    page = " ".join(client.get(personal).content.decode().split())
    assert "Budi Santoso belum dapat kami terima sebagai wakil: Wakil harus pengurus RT." in page
    assert "Mohon jawab sekali lagi." in page
    client.post(personal, {"answer": "confirmed"})
    named.refresh_from_db()
    assert (named.answer, named.substitute_name, named.substitute_state) == ("confirmed", "", "")
    assert "belum dapat kami terima" not in client.get(personal).content.decode()


def test_the_head_reads_that_the_substitute_waits_is_approved_and_brings_a_letter(named, operator, client):
    personal = factories.personal_path(named)
    page = client.get(personal).content.decode()
    assert "menunggu persetujuan" in page
    assert "surat tugas" in page
    post(client, named, putusan="setuju")
    assert "Wakil ini sudah disetujui." in client.get(personal).content.decode()


def test_another_answer_since_the_page_was_opened_is_not_decided_about(named, operator, client):
    page = post(client, named, putusan="setuju", wakil="+628:orang lain\0").content.decode()
    assert "sudah berubah sejak halaman ini dibuka" in page


@pytest.mark.parametrize("path", ["wakil/", "wakil/surat/"])
def test_strangers_find_nobody_and_viewers_decide_nothing(named, client, path):
    client.force_login(factories.user(role="village_operator", region=factories.villages_of(JARO)[0].code))
    assert post(client, named, path).status_code == 404
    client.force_login(factories.user(role="viewer"))
    assert post(client, named, path).status_code == 403


def test_an_operator_does_not_decide_for_the_office(named, operator, client):
    Program.objects.update(substitutes="office")
    assert post(client, named, putusan="setuju").status_code == 403


@pytest.mark.parametrize("back", ["https://jahat.test/", "//jahat.test/", "jawaban/", "/\\jahat.test"])
def test_it_leads_back_to_pages_of_ours_only(named, operator, client, back):
    response = client.post(
        f"/peserta/{named.pk}/wakil/", {"wakil": named.substitute_key, "putusan": "setuju", "kembali": back}
    )
    assert response.headers["Location"] == f"/peserta/{named.pk}/"


def test_where_nobody_may_be_represented_the_personal_page_does_not_offer_it(named, client):
    Program.objects.update(substitutes="none")
    Enrolment.objects.update(answer="", answered_at=None)
    page = client.get(factories.personal_path(named)).content.decode()
    assert "Saya diwakili" not in page
    assert "Berhalangan" in page
