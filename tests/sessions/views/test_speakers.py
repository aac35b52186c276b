"""The list of speakers and their form."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from rtportal.lib import clock
from sessions.models import SessionSpeaker, Speaker
from tests import factories
from tests.sessions.speaker_world import lecture, page_of, with_link

LIST = "/narasumber/"
CREATE = "/narasumber/tambah/"


@pytest.fixture
def official(client, db):
    factories.regions()
    client.force_login(factories.user())
    return client


def typed(**fields) -> dict:
    names = ("gelar_depan", "name", "gelar_belakang", "position", "institution", "phone", "email", "topics")
    return {"region": factories.TABALONG, "version": 1} | dict.fromkeys(names, "") | fields


def update_url(speaker) -> str:
    return reverse("training_sessions:speaker_update", args=[speaker.pk])


def test_the_list_shows_what_comes_next_and_whether_it_is_sure(official):
    wave = factories.wave(on=date(clock.now().year + 1, 1, 6))
    factories.session(wave=wave, title="Kampung Bahagia", speakers=[factories.speaker(institution="BNNK")])
    SessionSpeaker.objects.update(status="tentative")
    page = official.get(LIST).content.decode()
    assert "Kepala BNNK Tabalong" in page
    assert "Kampung Bahagia" in page
    assert "09.00 WITA" in page
    assert "tentatif" in page


def test_the_list_is_narrowed_to_an_institution(official):
    factories.speaker(position="Camat Jaro", institution="Kecamatan Jaro")
    factories.speaker(position="Dandim 1008/Tabalong", institution="TNI AD")
    page = official.get(LIST, {"instansi": "TNI AD"}).content.decode()
    assert "Dandim" in page
    assert "Camat Jaro" not in page
    assert '<option value="TNI AD" selected>' in page
    assert "Tidak ada yang cocok" in official.get(LIST, {"instansi": "\0'"}).content.decode()


def test_a_search_keeps_what_fits(official):
    factories.speaker(position="Camat Jaro")
    factories.speaker(position="Dandim 1008/Tabalong")
    page = official.get(LIST, {"cari": " CAMAT  jaro\0"}).content.decode()
    assert "Camat Jaro" in page
    assert "Dandim" not in page
    nothing = official.get(LIST, {"cari": "<b>"}).content.decode()
    assert "Tidak ada yang cocok dengan “&lt;b&gt;”" in nothing


def test_an_empty_list_says_what_to_do(official):
    page = official.get(LIST).content.decode()
    assert "Belum ada narasumber" in page
    assert page.count(CREATE) == 2


@pytest.mark.parametrize("page", ["2", "99", "nol", "-1"])
def test_fifty_stand_on_a_page(official, page):
    Speaker.objects.bulk_create(Speaker(region_id=factories.TABALONG, position=f"Camat {n:03d}") for n in range(51))
    first = official.get(LIST).content.decode()
    assert "51 narasumber" in first
    assert "Camat 049" in first
    assert "Camat 050" not in first
    assert official.get(LIST, {"hal": page}).status_code == 200


def test_a_long_list_costs_as_many_queries_as_a_short_one(official, django_assert_num_queries):
    wave = factories.wave(on=date(clock.now().year + 1, 1, 6))
    factories.session(wave=wave, speakers=[factories.speaker()])
    with django_assert_num_queries(9):
        official.get(LIST)
    for number in range(30):
        factories.session(wave=wave, title=f"Sesi {number}", speakers=[factories.speaker(position=f"Camat {number}")])
    with django_assert_num_queries(9):
        official.get(LIST)


def test_a_speaker_is_added(official):
    response = official.post(CREATE, typed(name="Ahmad Rifani", gelar_belakang="S.H.", phone="0812 3456 7890"))
    saved = Speaker.objects.get()
    assert response.headers["Location"] == f"{LIST}{saved.pk}/"
    assert (saved.region_id, saved.title, saved.phone) == ("63.09", "Ahmad Rifani, S.H.", "+6281234567890")
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Narasumber Ahmad Rifani, S.H. disimpan."
    ]


def test_a_landline_of_an_office_is_kept_as_typed(official):
    official.post(CREATE, typed(position="Kepala Dinas", phone="(0526) 202-1234"))
    assert Speaker.objects.get().phone == "(0526) 202-1234"


def test_a_speaker_is_changed_from_what_is_there(official):
    speaker = factories.speaker(institution="BNNK")
    assert 'value="Kepala BNNK Tabalong"' in official.get(update_url(speaker)).content.decode()
    official.post(update_url(speaker), typed(position="Kepala BNNK Tabalong", institution="BNN", region="15.71"))
    speaker.refresh_from_db()
    assert (speaker.institution, speaker.region_id) == ("BNN", "63.09")


def test_who_saves_second_is_told_what_the_first_changed(official):
    speaker = factories.speaker(institution="BNNK")
    first = typed(position="Kepala BNNK Tabalong", institution="BNN Kabupaten", topics="Narkoba , Rehabilitasi,Narkoba")
    assert official.post(update_url(speaker), first).status_code == 302
    second = typed(position="Kepala BNNK Tabalong", institution="BNN RI", phone="0812 3456 7890")
    page = official.post(update_url(speaker), second).content.decode()
    assert "Data ini diubah petugas lain" in page
    assert "<strong>Instansi</strong>: BNNK → BNN Kabupaten" in page
    assert 'value="BNN RI"' in page
    speaker.refresh_from_db()
    assert (speaker.institution, speaker.topics, speaker.version) == ("BNN Kabupaten", "Narkoba, Rehabilitasi", 2)
    assert official.post(update_url(speaker), second | {"version": 2}).status_code == 302
    speaker.refresh_from_db()
    assert (speaker.institution, speaker.topics) == ("BNN RI", "")


def test_the_page_of_a_speaker_tells_all_sessions_across_programmes(official, django_assert_num_queries):
    speaker = with_link(factories.speaker(name="Ahmad Rifani", topics="Narkoba", email="rifani@contoh.test"))
    wave = factories.wave(on=date(clock.now().year + 1, 1, 6))
    lecture(wave, speaker, title="Kampung bersih", status="declined", decline_reason="Sakit")
    with django_assert_num_queries(10):
        page = official.get(f"{LIST}{speaker.pk}/").content.decode()
    for number in range(5):
        other = factories.wave(on=date(clock.now().year + 1, 2, 6), number=number + 1)
        lecture(other, speaker, title=f"Lain {number}")
    with django_assert_num_queries(10):
        more = official.get(f"{LIST}{speaker.pk}/").content.decode()
    for words in ("Kampung bersih", "menolak", "Sakit", "Narkoba", "rifani@contoh.test", page_of(speaker)):
        assert words in page
    assert "Lain 4" in more
    assert "jadwal.ics" in page


def test_only_who_schedules_there_sees_the_personal_link(client, official):
    speaker = with_link(factories.speaker())
    client.force_login(factories.user(role="viewer"))
    page = client.get(f"{LIST}{speaker.pk}/").content.decode()
    assert "/n/" not in page
    assert "<button" not in page.split("<main")[1]
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.get(f"{LIST}{speaker.pk}/").status_code == 404


def test_a_link_is_made_and_replaced_by_a_button(official):
    speaker = factories.speaker()
    assert "Buat tautan pribadi" in official.get(f"{LIST}{speaker.pk}/").content.decode()
    official.post(f"{LIST}{speaker.pk}/tautan-baru/")
    speaker.refresh_from_db()
    first = page_of(speaker)
    assert first in official.get(f"{LIST}{speaker.pk}/").content.decode()
    official.post(f"{LIST}{speaker.pk}/tautan-baru/")
    assert first not in official.get(f"{LIST}{speaker.pk}/").content.decode()
    assert official.get(first).status_code == 404


BAD = [
    ({}, "Isi nama atau jabatan narasumber."),
    ({"name": "  "}, "Isi nama atau jabatan narasumber."),
    ({"name": "A", "phone": "0812"}, "nomor"),
    ({"name": "A", "phone": "telepon kantor"}, "Isi nomor telepon dengan angka"),
    ({"name": "A", "email": "bukan-surel"}, "Masukkan alamat email yang valid."),
    ({"name": "A" * 121}, "120"),
    ({"name": "A\0"}, "Karakter null tidak diizinkan."),
    ({"name": "A", "region": "15.71"}, "Pilih wilayah tempat Anda bertugas."),
    ({"name": "A", "region": "\0"}, "Karakter null tidak diizinkan."),
]


@pytest.mark.parametrize(("wrong", "sentence"), BAD)
def test_bad_input_is_told_and_nothing_changes(official, wrong, sentence):
    page = official.post(CREATE, typed(institution="BNNK Tabalong") | wrong).content.decode()
    assert sentence in page
    assert "error-summary" in page
    assert 'value="BNNK Tabalong"' in page
    assert not Speaker.objects.exists()


def test_the_same_speaker_twice_is_told(official):
    factories.speaker()
    page = official.post(CREATE, typed(position="Kepala BNNK Tabalong")).content.decode()
    assert "Sudah ada narasumber dengan nama dan jabatan itu." in page
    assert Speaker.objects.count() == 1


def test_the_region_is_asked_only_where_there_is_a_choice(client, official):
    assert "Wilayah" not in official.get(CREATE).content.decode().split("</nav>")[-2]
    client.force_login(factories.user(region="63"))
    page = client.get(CREATE).content.decode()
    assert "Kabupaten Tabalong" in page
    assert "Provinsi Kalimantan Selatan" in page


def test_scope_and_rights(client, official):
    speaker = factories.speaker()
    client.force_login(factories.user(role="viewer"))
    assert "/ubah/" not in client.get(LIST).content.decode()
    assert client.get(CREATE).status_code == client.post(CREATE, typed(name="A")).status_code == 403
    assert client.get(update_url(speaker)).status_code == 403
    client.force_login(factories.user(region=factories.JAMBI))
    assert "Belum ada narasumber" in client.get(LIST).content.decode()
    assert client.get(update_url(speaker)).status_code == client.post(update_url(speaker)).status_code == 404
    client.force_login(factories.user(region=None))
    assert client.get(LIST).status_code == client.get(CREATE).status_code == 404
