"""Putting sessions on the agenda."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from participants.models import Attendance
from programs.errors import StaleEdit
from programs.queries.changes import changes_since
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from sessions.models import SessionSpeaker, TrainingSession
from sessions.use_cases.delete_session import delete_session
from sessions.use_cases.save_session import Part, save_session
from tests import factories
from tests.factories import NOW


@pytest.fixture
def wave(db):
    factories.regions()
    return factories.wave()


@pytest.fixture
def official(wave):
    return factories.user()


@pytest.fixture
def save(wave, official):
    def save(session=None, parts=(), **fields):
        values = {
            "kind": "material",
            "title": "Pencegahan narkoba",
            "starts_at": wave.starts_at,
            "ends_at": wave.starts_at + timedelta(hours=1),
            "room": "",
            "note": "",
        }
        version = session.version if session else 0
        values = values | {"version": version} | fields
        return save_session(wave=wave, session=session, **values, parts=parts, actor=official, now=NOW)

    return save


def lines() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("sentence", flat=True))


def test_a_new_session_stands_on_the_agenda_with_its_speakers(save, wave):
    bnnk, moderator = factories.speaker(), factories.speaker(position="Camat")
    session = save(parts=[Part(bnnk.pk, status="tentative"), Part(moderator.pk, role="moderator")])
    parts = session.session_speakers.values_list("speaker_id", "role", "status")
    assert set(parts) == {(bnnk.pk, "speaker", "tentative"), (moderator.pk, "moderator", "invited")}
    assert lines() == ["Menambah sesi “Pencegahan narkoba” (Rabu, 8 April 2026, 08.00–09.00 WITA)."]
    assert AuditEvent.objects.get().subject == wave.group


def test_a_change_is_told_field_by_field(save):
    session = save()
    who = factories.speaker()
    save(session, title="Bahaya narkoba", room="Ruang 2", group="Kelompok A", parts=[Part(who.pk)])
    session.refresh_from_db()
    assert (session.title, session.room, session.group) == ("Bahaya narkoba", "Ruang 2", "Kelompok A")
    assert (list(session.speakers.all()), session.version) == ([who], 2)
    assert lines()[-1].endswith("09.00 WITA): judul, ruang, kelompok, narasumber.")


def test_saving_the_same_again_leaves_no_trace(save):
    parts = [Part(factories.speaker().pk)]
    session = save(parts=parts)
    kept = SessionSpeaker.objects.get().pk
    assert save(session, parts=parts).version == 1
    assert len(lines()) == 1
    assert SessionSpeaker.objects.get().pk == kept


def refused(save, **arguments) -> str:
    before = list(TrainingSession.objects.values()), list(SessionSpeaker.objects.values()), lines()
    with pytest.raises(InputError) as refusal:
        save(**arguments)
    assert (list(TrainingSession.objects.values()), list(SessionSpeaker.objects.values()), lines()) == before
    return refusal.value.sentence


def test_an_end_before_the_start_is_refused(save, wave):
    assert refused(save, ends_at=wave.starts_at) == "Waktu selesai harus setelah waktu mulai."


def test_a_speaker_twice_is_refused(save):
    part = Part(factories.speaker().pk)
    assert "hanya dapat dicantumkan satu kali" in refused(save, parts=[part, part])


def test_a_speaker_of_another_kabupaten_is_refused(save):
    stranger = factories.speaker(region=factories.JAMBI)
    assert "tidak ada dalam daftar" in refused(save, parts=[Part(stranger.pk)])


def test_a_speaker_of_the_province_may_come(save):
    guest = factories.speaker(region="63", position="Gubernur")
    assert list(save(parts=[Part(guest.pk)]).speakers.all()) == [guest]


def test_a_session_deleted_meanwhile_is_not_written_again(save, official):
    session = save()
    delete_session(session=session, version=1, actor=official, now=NOW)
    assert refused(save, session=session, title="Lain") == "Sesi ini baru saja dihapus oleh petugas lain."


def test_a_session_with_attendance_does_not_become_a_break(save, wave, official):
    session = save()
    present = factories.enrolment(wave=wave)
    Attendance.objects.create(enrolment=present, session=session, marked_at=NOW, marked_by=official)
    assert "tidak dapat menjadi istirahat" in refused(save, session=session, kind="break")


# Speakers who stay


@pytest.fixture
def asked(save):
    """A session whose speaker was invited."""
    return save(parts=[Part(factories.speaker().pk)])


def part_of(session) -> SessionSpeaker:
    return session.session_speakers.get()


def answer(part, status, **fields):
    SessionSpeaker.objects.filter(pk=part.pk).update(status=status, status_at=NOW, **fields)


def test_a_speaker_who_stays_keeps_row_and_answer(save, asked):
    part = part_of(asked)
    answer(part, "declined", decline_reason="Dinas luar")
    camat = factories.speaker(position="Camat")
    kept = Part(part.speaker_id, role="standby", status="declined", seen="declined")
    save(asked, parts=[kept, Part(camat.pk)])
    after = asked.session_speakers.get(speaker=part.speaker_id)
    assert (after.pk, after.role, after.status, after.decline_reason) == (part.pk, "standby", "declined", "Dinas luar")
    assert after.status_at == NOW
    assert asked.speakers.count() == 2


def test_a_status_set_by_an_official_says_when_and_by_whom(save, asked, official):
    part = part_of(asked)
    save(asked, parts=[Part(part.speaker_id, status="confirmed")])
    part.refresh_from_db()
    assert (part.status, part.status_at, part.status_by) == ("confirmed", NOW, official)


def test_nobody_is_recorded_where_nobody_answered(asked):
    part = part_of(asked)
    assert (part.status, part.status_at, part.status_by) == ("invited", None, None)


def test_an_answer_given_meanwhile_is_not_overwritten_by_a_form_that_did_not_touch_it(save, asked):
    part = part_of(asked)
    answer(part, "confirmed")
    save(asked, title="Judul lain", parts=[Part(part.speaker_id, status="invited", seen="invited")])
    part.refresh_from_db()
    assert part.status == "confirmed"


def test_an_official_who_did_touch_it_is_told_the_speaker_was_faster(save, asked):
    part = part_of(asked)
    answer(part, "declined")
    with pytest.raises(StaleEdit) as refusal:
        save(asked, title="Judul lain", parts=[Part(part.speaker_id, status="confirmed", seen="invited")])
    [change] = refusal.value.changes
    assert (change.label, change.before, change.after, change.who) == (
        "Kesediaan Kepala BNNK Tabalong",
        "diundang",
        "menolak",
        "narasumber sendiri",
    )
    part.refresh_from_db()
    asked.refresh_from_db()
    assert (part.status, asked.title, asked.version) == ("declined", "Pencegahan narkoba", 1)


# Two officials at one session


def test_the_second_official_is_told_who_changed_what(save, wave, asked):
    save(asked, title="Bahaya narkoba", room="Ruang 2")
    factories.session(wave=wave, title="Lain")
    with pytest.raises(StaleEdit) as refusal:
        save(asked, version=1, note="Bawa modul")
    told = {change.label: (change.before, change.after, change.who) for change in refusal.value.changes}
    assert told == {
        "Judul": ("Pencegahan narkoba", "Bahaya narkoba", "Siti Rahmah"),
        "Ruang": ("ruang utama", "Ruang 2", "Siti Rahmah"),
        "Narasumber": ("Kepala BNNK Tabalong (diundang)", "(kosong)", "Siti Rahmah"),
    }
    assert refusal.value.version == 2
    assert TrainingSession.objects.get(pk=asked.pk).note == ""


def test_a_session_edited_often_does_not_make_the_wave_itself_look_edited(save, wave, asked):
    save(asked, title="Bahaya narkoba")
    assert changes_since(wave.group, 1) == []


def test_a_session_of_another_wave_is_not_reached_through_this_one(save, asked):
    elsewhere = factories.session(wave=factories.wave())
    assert refused(save, session=elsewhere) == "Sesi ini baru saja dihapus oleh petugas lain."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(save, asked):
    together = threading.Barrier(2)
    outcomes = []

    def press(title):
        try:
            together.wait()
            outcomes.append(save(asked, version=1, title=title, parts=[Part(part_of(asked).speaker_id)]).version)
        except StaleEdit as refusal:
            outcomes.append([change.label for change in refusal.changes])
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(title,)) for title in ("Satu", "Dua")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [2, ["Judul"]]
