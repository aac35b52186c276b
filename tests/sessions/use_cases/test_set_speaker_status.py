"""Officials record whether a speaker comes, and put the stand-by in."""

import pytest

from programs.errors import Refusal
from programs.models import WavePublication
from rtportal.audit.models import AuditEvent
from sessions.models import SessionSpeaker, SpeakerBooking
from sessions.use_cases.promote_standby import promote_standby
from sessions.use_cases.set_speaker_status import set_speaker_status
from tests import factories
from tests.factories import NOW
from tests.sessions.speaker_world import deliver, invite, kinds, lecture, publish, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(db):
    factories.regions(factories.TABALONG)
    return factories.wave()


@pytest.fixture
def official(wave):
    return factories.user(name="Siti Rahmah")


@pytest.fixture
def dandim(wave):
    return factories.speaker(position="Dandim 1008/Tabalong", email="dandim@contoh.test")


@pytest.fixture
def camat(wave):
    return factories.speaker(position="Camat Jaro", email="camat@contoh.test")


def record(session, status, official, reason=""):
    part = session.session_speakers.get(role="speaker")
    return set_speaker_status(part=part, status=status, reason=reason, actor=official, now=NOW)


def shown(wave) -> list[tuple[str, str]]:
    facts = WavePublication.objects.filter(wave=wave).first().facts
    return [(part["role"], part["status"]) for item in facts["agenda"] for part in item["speakers"]]


def test_a_call_by_telephone_shows_in_the_published_schedule(wave, dandim, official):
    session = lecture(wave, dandim)
    publish(wave)
    part = record(session, "confirmed", official)
    assert (part.status_by, part.status_at) == (official, NOW)
    assert shown(wave) == [("speaker", "confirmed")]
    assert SpeakerBooking.objects.get().speaker == dandim
    record(session, "confirmed", official)
    line = AuditEvent.objects.get(action="speaker.status_set")
    assert line.sentence == "Kesediaan Dandim 1008/Tabalong pada sesi “Bela negara”: diundang → bersedia."


def test_a_draft_keeps_the_status_to_itself(wave, dandim, official):
    session = lecture(factories.wave(published=False), dandim)
    record(session, "confirmed", official)
    assert session.session_speakers.get().status == "confirmed"
    assert not SpeakerBooking.objects.exists()


def test_declining_needs_a_reason(wave, dandim, official):
    session = lecture(wave, dandim)
    with pytest.raises(Refusal, match="Isi alasan"):
        record(session, "declined", official, " \n")
    with pytest.raises(Refusal, match="Pilih salah satu"):
        record(session, "mungkin", official)
    assert record(session, "declined", official, "Rapat\ndi Jakarta").decline_reason == "Rapat di Jakarta"
    assert record(session, "tentative", official).decline_reason == ""


def test_the_stand_by_becomes_the_main_speaker_in_one_step(wave, dandim, camat, official):
    session = lecture(wave, dandim)
    SessionSpeaker.objects.create(session=session, speaker=camat, role="standby", status="confirmed")
    publish(wave)
    invite(wave)
    deliver()
    assert not SpeakerBooking.objects.exists()
    record(session, "declined", official, "Sakit")
    version = session.version
    promote_standby(part=session.session_speakers.get(role="standby"), actor=official, now=NOW)
    assert sorted(shown(wave)) == [("speaker", "confirmed"), ("speaker", "declined")]
    assert SpeakerBooking.objects.get().speaker == camat
    session.refresh_from_db()
    assert session.version == version + 1
    line = AuditEvent.objects.get(action="speaker.promoted")
    assert line.data[f"session:{session.pk}"]["changes"][0]["label"] == "Narasumber"
    assert kinds() == ["speaker_promoted"]
    deliver()
    assert "Sekarang kami mohon Bapak/Ibu menjadi narasumber utama" in told(camat)[-1]
    with pytest.raises(Refusal, match="bukan"):
        promote_standby(part=session.session_speakers.get(speaker=camat), actor=official, now=NOW)


def test_who_is_taken_elsewhere_cannot_step_in(wave, dandim, camat, official):
    session = lecture(wave, dandim)
    SessionSpeaker.objects.create(session=session, speaker=camat, role="standby", status="confirmed")
    lecture(wave, camat, title="Lain", status="confirmed")
    publish(wave)
    with pytest.raises(Refusal, match="“Lain”"):
        promote_standby(part=session.session_speakers.get(role="standby"), actor=official, now=NOW)
    assert session.session_speakers.get(speaker=camat).role == "standby"
