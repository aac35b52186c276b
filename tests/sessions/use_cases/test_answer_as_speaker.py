"""A speaker answers, and everybody knows at once."""

from datetime import time, timedelta

import pytest

from programs.errors import Refusal
from programs.models import WavePublication
from rtportal.audit.models import AuditEvent
from sessions.models import SessionSpeaker, SpeakerBooking
from sessions.use_cases.answer_as_speaker import answer_as_speaker
from sessions.use_cases.reissue_speaker_link import reissue_speaker_link
from tests import factories
from tests.factories import NOW
from tests.sessions.speaker_world import cancel, lecture, move, publish, with_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(db):
    factories.regions(factories.TABALONG)
    return factories.wave()


@pytest.fixture
def dandim(wave):
    return with_link(factories.speaker(position="Dandim 1008/Tabalong"))


def answer(speaker, session, status, reason="", now=NOW):
    return answer_as_speaker(speaker=speaker, session_id=session.pk, status=status, reason=reason, now=now)


def known(wave) -> list[str]:
    """The statuses as others read them."""
    facts = WavePublication.objects.filter(wave=wave).first().facts
    return [part["status"] for item in facts["agenda"] for part in item["speakers"]]


def test_an_answer_may_change_until_the_session_begins(wave, dandim):
    session = lecture(wave, dandim)
    publish(wave)
    answer(dandim, session, "confirmed")
    assert (known(wave), SpeakerBooking.objects.count()) == (["confirmed"], 1)
    answer(dandim, session, "tentative")
    assert (known(wave), SpeakerBooking.objects.count()) == (["tentative"], 0)
    part = answer(dandim, session, "declined", "Latihan gabungan", now=session.starts_at - timedelta(seconds=1))
    assert (known(wave), part.decline_reason, part.status_by) == (["declined"], "Latihan gabungan", None)
    with pytest.raises(Refusal, match="sudah dimulai"):
        answer(dandim, session, "confirmed", now=session.starts_at)
    assert known(wave) == ["declined"]


def test_history_says_who_answered_what(wave, dandim):
    session = lecture(wave, dandim)
    publish(wave)
    answer(dandim, session, "confirmed")
    answer(dandim, session, "confirmed")
    answer(dandim, session, "declined", "Sakit")
    lines = AuditEvent.objects.filter(action="speaker.answered").order_by("pk")
    assert [line.sentence for line in lines] == [
        "Dandim 1008/Tabalong menjawab bersedia untuk sesi “Bela negara”.",
        "Dandim 1008/Tabalong menjawab menolak untuk sesi “Bela negara”: Sakit.",
    ]
    assert {(line.actor, line.actor_label, line.subject) for line in lines} == {
        (None, "Dandim 1008/Tabalong", wave.group)
    }


def test_a_yes_at_the_time_of_another_yes_is_refused_with_its_name(wave, dandim):
    first, second = lecture(wave, dandim, title="Pagi"), lecture(wave, dandim, title="Juga pagi", starts=time(9, 30))
    publish(wave)
    answer(dandim, first, "confirmed")
    with pytest.raises(Refusal, match="“Pagi”"):
        answer(dandim, second, "confirmed")
    assert known(wave) == ["confirmed", "invited"]
    assert SessionSpeaker.objects.get(session=second).status == "invited"
    # Standing by binds nobody.
    SessionSpeaker.objects.filter(session=second).update(role="standby")
    publish(wave)
    answer(dandim, second, "confirmed")
    assert SpeakerBooking.objects.get().part.session == first


def test_what_the_office_drafts_does_not_leak_with_an_answer(wave, dandim):
    session = lecture(wave, dandim)
    publish(wave)
    before = WavePublication.objects.filter(wave=wave).first().facts
    move(session, 60)
    answer(dandim, session, "confirmed")
    after = WavePublication.objects.filter(wave=wave).first().facts
    assert after["agenda"][0]["starts_at"] == before["agenda"][0]["starts_at"]


def test_answers_are_refused_where_nothing_can_be_answered(wave, dandim):
    drafted = lecture(wave, dandim)
    with pytest.raises(Refusal, match="sedang diubah"):
        answer(dandim, drafted, "confirmed")
    publish(wave)
    for status in ("invited", "", "ya", "\0"):
        with pytest.raises(Refusal, match="Pilih salah satu"):
            answer(dandim, drafted, status)
    SessionSpeaker.objects.all().delete()
    with pytest.raises(Refusal, match="sedang diubah"):
        answer(dandim, drafted, "confirmed")


def test_a_link_replaced_meanwhile_answers_nothing(wave, dandim):
    session = lecture(wave, dandim)
    publish(wave)
    reissue_speaker_link(speaker=dandim, by=factories.user(), now=NOW)
    with pytest.raises(Refusal, match="sudah diganti"):
        answer(dandim, session, "confirmed")
    assert known(wave) == ["invited"]


def test_a_cancelled_wave_takes_no_answer(wave, dandim):
    session = lecture(wave, dandim)
    publish(wave)
    cancel(wave)
    with pytest.raises(Refusal, match="dibatalkan"):
        answer(dandim, session, "confirmed")
