"""Putting sessions on the agenda."""

from datetime import timedelta

import pytest

from participants.models import Attendance
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
        return save_session(wave=wave, session=session, **values | fields, parts=parts, actor=official, now=NOW)

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
    save(session, title="Bahaya narkoba", room="Ruang 2", parts=[Part(who.pk)])
    session.refresh_from_db()
    assert (session.title, session.room, list(session.speakers.all())) == ("Bahaya narkoba", "Ruang 2", [who])
    assert lines()[-1].endswith(": judul, ruang, narasumber.")


def test_saving_the_same_again_leaves_no_trace(save):
    parts = [Part(factories.speaker().pk)]
    session = save(parts=parts)
    kept = SessionSpeaker.objects.get().pk
    save(session, parts=parts)
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
    delete_session(session=session, actor=official, now=NOW)
    assert refused(save, session=session, title="Lain") == "Sesi ini baru saja dihapus oleh petugas lain."


def test_a_session_with_attendance_does_not_become_a_break(save, wave, official):
    session = save()
    present = factories.enrolment(wave=wave)
    Attendance.objects.create(enrolment=present, session=session, marked_at=NOW, marked_by=official)
    assert "tidak dapat menjadi istirahat" in refused(save, session=session, kind="break")
