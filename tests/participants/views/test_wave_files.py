import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(invitations_opened_at=factories.NOW)


def page(client, user, wave, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(reverse("participants:wave_files", args=[wave.pk]))
    assert response.status_code == status
    return response.content.decode()


def test_an_admin_is_offered_each_format_with_the_number_of_rows(client, wave):
    factories.enrolment(wave=wave)
    text = page(client, factories.user(role="admin"), wave)
    assert "Buat </span>Excel (XLSX)" in text and "Buat </span>CSV" in text and "1 baris" in text
    assert reverse("documents:export_create", args=["daftar-peserta"]) in text


def test_papers_are_listed_by_when_they_are_needed(client, wave):
    factories.enrolment(wave=wave)
    text = page(client, factories.user(role="admin"), wave)
    places = [text.index(words) for words in ("Surat tugas panitia", "Pada hari kegiatan", "Kartu peserta", "Notulen<")]
    assert "Sebelum kegiatan" in text and places == sorted(places)


def test_without_participants_the_page_says_what_comes_first(client, wave):
    text = page(client, factories.user(role="admin"), wave)
    assert "Belum ada isinya" in text and reverse("participants:invitations", args=[wave.pk]) in text


def test_earlier_files_of_this_wave_are_listed_and_those_of_others_are_not(client, wave):
    other = factories.wave(program=wave.program, number=2, areas=(factories.JARO,))
    admin = factories.user(role="admin", name="Hj. Noor Laila")
    factories.enrolment(wave=wave)
    client.force_login(admin)
    fields = {"wave": wave.pk, "format": "csv"}
    client.post(reverse("documents:export_create", args=["daftar-peserta"]), fields)
    assert "siap diunduh" in page(client, admin, wave)
    assert "siap diunduh" not in page(client, admin, other)


@pytest.mark.parametrize("role", ["official", "viewer"])
def test_others_read_who_may_export(client, wave, role):
    factories.enrolment(wave=wave)
    text = page(client, factories.user(role=role), wave)
    assert "Hanya admin kabupaten/kota" in text and "Unduh" not in text


def test_a_strangers_official_finds_no_such_wave(client, wave):
    page(client, factories.user(role="admin", region=factories.JAMBI), wave, status=404)
