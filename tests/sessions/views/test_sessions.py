"""Adding, changing and deleting sessions in the browser."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from participants.models import Attendance
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from sessions.models import SessionSpeaker, TrainingSession
from tests import factories
from tests.factories import NOW

ROWS = {"narasumber-TOTAL_FORMS": "3", "narasumber-INITIAL_FORMS": "0"}


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user())
    return client


def typed(**fields) -> dict:
    values = {
        "kind": "material",
        "title": "Pencegahan narkoba",
        "day": "2026-04-08",
        "begins": "08:00",
        "ends": "09:30",
        "room": "",
        "note": "",
        "version": "1",
    }
    return values | ROWS | fields


def create_url(wave) -> str:
    return reverse("training_sessions:session_create", args=[wave.pk])


def update_url(session) -> str:
    return reverse("training_sessions:session_update", args=[session.pk])


def delete_url(session) -> str:
    return reverse("training_sessions:session_delete", args=[session.pk])


def agenda_url(wave) -> str:
    return reverse("training_sessions:agenda", args=[wave.pk])


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_form_starts_on_the_waves_day_in_its_zone(official, wave):
    page = official.get(create_url(wave)).content.decode()
    assert 'value="2026-04-08"' in page
    assert "Mulai (WITA)" in page
    assert page.count("— pilih —") == 3


def test_the_form_begins_where_the_timetable_was_clicked(official, wave):
    asked = {"day": "2026-04-09", "begins": "13:15", "room": "Ruang 2"}
    page = official.get(create_url(wave), asked).content.decode()
    assert 'value="2026-04-09"' in page
    assert 'value="13:15"' in page
    assert 'value="Ruang 2"' in page
    odd = official.get(create_url(wave), {"day": "besok", "begins": "99", "room": "x" * 99, "ends": "\0"})
    assert 'value="2026-04-08"' in odd.content.decode()


def test_a_session_is_added_with_its_speakers_at_local_time(official, wave):
    bnnk, camat = factories.speaker(), factories.speaker(position="Camat")
    rows = {
        "narasumber-0-speaker": bnnk.pk,
        "narasumber-0-role": "speaker",
        "narasumber-0-status": "tentative",
        "narasumber-2-speaker": camat.pk,
        "narasumber-2-role": "moderator",
    }
    response = official.post(create_url(wave), typed(**rows))
    assert response.headers["Location"] == agenda_url(wave)
    session = TrainingSession.objects.get()
    assert clock.span_words(session.starts_at, session.ends_at, wave.zone) == "Rabu, 8 April 2026, 08.00–09.30 WITA"
    assert set(session.session_speakers.values_list("speaker", "role", "status")) == {
        (bnnk.pk, "speaker", "tentative"),
        (camat.pk, "moderator", "invited"),
    }
    assert told(response) == ["Sesi “Pencegahan narkoba” disimpan."]


def test_hours_may_be_typed_with_a_point_and_days_the_indonesian_way(official, wave):
    official.post(create_url(wave), typed(day="08-04-2026", begins="13.00", ends="14.15"))
    session = TrainingSession.objects.get()
    assert clock.time_words(session.ends_at, wave.zone) == "14.15 WITA"


def test_a_clash_is_told_and_does_not_block(official, wave):
    factories.session(wave=wave, title="Tupoksi RT")
    response = official.post(create_url(wave), typed(ends="09:30"))
    assert TrainingSession.objects.count() == 2
    assert told(response)[-1] == "Periksa kembali sesi ini: lihat hal yang bentrok di atas agenda."
    assert "Dua sesi di" in official.get(agenda_url(wave)).content.decode()


BAD = [
    ({"begins": "10:00", "ends": "09:00"}, "Waktu selesai harus setelah waktu mulai."),
    ({"begins": "09:00", "ends": "09:00"}, "Waktu selesai harus setelah waktu mulai."),
    ({"day": "0001-01-01"}, "Tanggal ini terlalu jauh dari hari gelombang, Rabu, 8 April 2026."),
    ({"day": "9999-12-31"}, "Tanggal ini terlalu jauh dari hari gelombang, Rabu, 8 April 2026."),
    ({"day": "besok"}, "Masukkan tanggal yang valid."),
    ({"begins": "25:00"}, "Masukkan waktu yang valid."),
    ({"title": "   "}, "Bidang ini tidak boleh kosong."),
    ({"title": "x\0"}, "Karakter null tidak diizinkan."),
    ({"title": "x" * 201}, "200"),
    ({"kind": "pesta"}, "pesta"),
    ({"narasumber-0-speaker": "999999"}, "Narasumber itu tidak ada dalam daftar."),
    ({"narasumber-0-speaker": "abc"}, "Narasumber itu tidak ada dalam daftar."),
    ({"narasumber-0-status": "barangkali"}, "barangkali"),
    ({"narasumber-TOTAL_FORMS": "banyak"}, "ManagementForm"),
]


@pytest.mark.parametrize(("wrong", "sentence"), BAD)
def test_bad_input_is_told_and_nothing_changes(official, wave, wrong, sentence):
    response = official.post(create_url(wave), typed(room="Ruang 7") | wrong)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "error-summary" in page
    assert 'value="Ruang 7"' in page
    assert not TrainingSession.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_speaker_on_two_rows_is_told(official, wave):
    who = factories.speaker().pk
    rows = {f"narasumber-{row}-speaker": who for row in (0, 2)} | {
        f"narasumber-{row}-role": "speaker" for row in (0, 2)
    }
    page = official.post(create_url(wave), typed(**rows)).content.decode()
    assert "Narasumber ini sudah dicantumkan pada baris lain." in page
    assert not TrainingSession.objects.exists()


def test_a_speaker_of_another_kabupaten_cannot_be_chosen(official, wave):
    stranger = factories.speaker(region=factories.JAMBI, position="Wali Kota Jambi")
    assert "Wali Kota Jambi" not in official.get(create_url(wave)).content.decode()
    page = official.post(create_url(wave), typed(**{"narasumber-0-speaker": stranger.pk})).content.decode()
    assert "Narasumber itu tidak ada dalam daftar." in page


def test_an_edit_starts_from_what_is_there_and_empties_a_row(official, wave):
    keep, drop = factories.speaker(position="Camat"), factories.speaker(position="Dandim")
    session = factories.session(wave=wave, speakers=[keep, drop], note="Bawa modul")
    page = official.get(update_url(session)).content.decode()
    assert 'value="09:00"' in page
    assert "Bawa modul" in page
    assert page.count("— pilih —") == 5
    rows = {
        "narasumber-TOTAL_FORMS": "5",
        "narasumber-INITIAL_FORMS": "2",
        "narasumber-0-speaker": keep.pk,
        "narasumber-0-role": "speaker",
        "narasumber-1-speaker": "",
        "narasumber-1-role": "speaker",
    }
    official.post(update_url(session), typed(title="Bahaya narkoba", begins="09:00", ends="10:00", **rows))
    session.refresh_from_db()
    assert session.title == "Bahaya narkoba"
    assert list(session.speakers.all()) == [keep]


def test_a_refusal_of_the_use_case_stands_on_the_form(official, wave):
    session = factories.session(wave=wave)
    present = factories.enrolment(wave=wave)
    Attendance.objects.create(enrolment=present, session=session, marked_at=NOW, marked_by=factories.user())
    page = official.post(update_url(session), typed(kind="break")).content.decode()
    assert "jenisnya tidak dapat menjadi istirahat" in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"role": "viewer"}, 403), ({"role": "district_operator", "region": factories.MURUNG_PUDAK}, 403)],
)
def test_in_scope_without_the_right_is_refused(client, wave, fields, status):
    session = factories.session(wave=wave)
    client.force_login(factories.user(**fields))
    for path in (create_url(wave), update_url(session), delete_url(session)):
        assert client.get(path).status_code == status
        assert client.post(path, typed()).status_code == status
    assert TrainingSession.objects.count() == 1


def test_out_of_scope_does_not_exist(client, wave):
    session = factories.session(wave=wave)
    client.force_login(factories.user(region=factories.JAMBI))
    for path in (
        create_url(wave),
        update_url(session),
        delete_url(session),
        "/sesi/999/ubah/",
        f"/sesi/{'9' * 30}/ubah/",
    ):
        assert client.get(path).status_code == 404
        assert client.post(path, typed()).status_code == 404


def test_a_session_with_many_speakers_costs_as_many_queries_as_one_with_few(official, wave, django_assert_num_queries):
    session = factories.session(wave=wave, speakers=[factories.speaker()])
    with django_assert_num_queries(9):
        official.get(update_url(session))
    for number in range(8):
        SessionSpeaker.objects.create(session=session, speaker=factories.speaker(position=f"Camat {number}"))
    with django_assert_num_queries(9):
        official.get(update_url(session))


# Two officials


def test_the_second_who_saves_is_told_what_the_first_changed_and_loses_nothing_typed(official, wave):
    session = factories.session(wave=wave)
    official.post(update_url(session), typed(title="Bahaya narkoba", begins="09:00", ends="10:00"))
    response = official.post(
        update_url(session), typed(note="Bawa modul", room="Ruang 7", begins="09:00", ends="10:00")
    )
    page = response.content.decode()
    assert "Data ini diubah petugas lain" in page
    assert "<strong>Judul</strong>: Pencegahan narkoba → Bahaya narkoba" in page
    assert "Bawa modul" in page
    assert 'value="Ruang 7"' in page
    assert 'name="version" value="2"' in page
    session.refresh_from_db()
    assert (session.title, session.room) == ("Bahaya narkoba", "")
    # On top of what she was told she may save.
    official.post(update_url(session), typed(version="2", room="Ruang 7", begins="09:00", ends="10:00"))
    session.refresh_from_db()
    assert (session.room, session.version) == ("Ruang 7", 3)


def test_a_speakers_answer_given_meanwhile_is_told_and_the_next_save_is_on_top_of_it(official, wave):
    who = factories.speaker()
    session = factories.session(wave=wave, speakers=[who])
    SessionSpeaker.objects.update(status="declined")
    rows = {
        "narasumber-INITIAL_FORMS": "1",
        "narasumber-0-speaker": who.pk,
        "narasumber-0-role": "speaker",
        "narasumber-0-status": "tentative",
        "narasumber-0-seen": "confirmed",
    }
    page = official.post(update_url(session), typed(title="Bahaya narkoba", **rows)).content.decode()
    assert "<strong>Kesediaan Kepala BNNK Tabalong</strong>: bersedia → menolak" in page
    assert 'name="narasumber-0-seen" value="declined"' in page
    assert "Bahaya narkoba" in page
    assert SessionSpeaker.objects.get().status == "declined"
    official.post(update_url(session), typed(title="Bahaya narkoba", **rows | {"narasumber-0-seen": "declined"}))
    assert SessionSpeaker.objects.get().status == "tentative"


def test_rooms_and_groups_in_use_are_offered_and_a_stand_by_can_be_named(official, wave):
    factories.session(wave=wave, room="Ruang 2", group="Kelompok A")
    page = official.get(create_url(wave)).content.decode()
    assert '<datalist id="pilihan-group"><option value="Kelompok A">' in page
    assert '<datalist id="pilihan-room"><option value="Ruang 2">' in page
    who = factories.speaker()
    rows = {"narasumber-0-speaker": who.pk, "narasumber-0-role": "standby"}
    official.post(create_url(wave), typed(group="Kelompok B", **rows))
    session = TrainingSession.objects.get(group="Kelompok B")
    assert session.session_speakers.get().role == "standby"
    assert "Narasumber cadangan: Kepala BNNK Tabalong" in official.get(agenda_url(wave)).content.decode()
