"""Speakers are asked once, and those whom nobody can write to get a link by hand."""

import pytest

from programs.errors import Refusal
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from sessions.links import personal_url
from sessions.models import Speaker, SpeakerInvitation
from sessions.use_cases.invite_speakers import SpeakersInvited
from sessions.use_cases.reissue_speaker_link import reissue_speaker_link
from tests import factories
from tests.factories import NOW
from tests.sessions.speaker_world import cancel, deliver, invite, kinds, lecture, publish, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(db):
    factories.regions(factories.TABALONG)
    return factories.wave()


@pytest.fixture
def dandim(wave):
    return factories.speaker(position="Dandim 1008/Tabalong", email="dandim@contoh.test")


def test_each_is_told_once_with_all_sessions_and_the_link(wave, dandim):
    lecture(wave, dandim)
    lecture(wave, dandim, title="Doa", role="standby")
    publish(wave)
    assert invite(wave) == SpeakersInvited(new=1, told=1, unreachable=0)
    assert invite(wave) == SpeakersInvited(new=0, told=0, unreachable=0)
    message = Message.objects.get()
    assert (message.kind, message.group, message.region_code) == ("speaker_invitation", wave.group, factories.TABALONG)
    assert message.about_id == SpeakerInvitation.objects.get().pk
    deliver()
    [text] = told(dandim)
    dandim.refresh_from_db()
    assert personal_url(dandim.link_id) in text
    assert "“Bela negara” (narasumber)\nWaktu: Rabu, 8 April 2026, 09.00–10.00 WITA\nTempat: Aula" in text
    assert "“Doa” (narasumber cadangan)" in text
    message.refresh_from_db()
    wave.refresh_from_db()
    assert message.edition == wave.publication_id
    assert AuditEvent.objects.filter(action="speakers.invited").count() == 1


def test_nobody_is_asked_about_a_draft_a_cancelled_or_an_empty_wave(wave, dandim):
    draft = factories.wave(published=False)
    lecture(draft, dandim)
    with pytest.raises(Refusal, match="belum terbit"):
        invite(draft)
    with pytest.raises(Refusal, match="Belum ada narasumber"):
        invite(wave)
    lecture(wave, dandim)
    publish(wave)
    with pytest.raises(Refusal, match="sudah selesai"):
        invite(wave, now=wave.ends_at)
    cancel(wave)
    with pytest.raises(Refusal, match="dibatalkan"):
        invite(wave)
    assert not SpeakerInvitation.objects.exists()


def test_whom_no_message_reaches_has_a_link_to_hand_over(wave):
    speaker = factories.speaker()
    lecture(wave, speaker)
    publish(wave)
    assert invite(wave) == SpeakersInvited(new=1, told=0, unreachable=1)
    assert Speaker.objects.get().link_hash
    speaker.refresh_from_db()
    speaker.email = "bnnk@contoh.test"
    speaker.save()
    assert invite(wave) == SpeakersInvited(new=0, told=1, unreachable=0)


def test_who_declined_is_not_asked_again(wave, dandim):
    lecture(wave, dandim, status="declined")
    publish(wave)
    with pytest.raises(Refusal, match="Belum ada narasumber"):
        invite(wave)


def test_a_new_link_goes_out_with_the_next_invitation_again(wave, dandim):
    official = factories.user()
    assert not reissue_speaker_link(speaker=dandim, by=official, now=NOW)
    lecture(wave, dandim)
    publish(wave)
    invite(wave)
    first = Speaker.objects.get().link_id
    # The message that waits carries the new link: no second one.
    assert reissue_speaker_link(speaker=dandim, by=official, now=NOW)
    deliver()
    assert reissue_speaker_link(speaker=dandim, by=official, now=NOW)
    deliver()
    texts, last = told(dandim), Speaker.objects.get().link_id
    assert len(texts) == 2
    assert personal_url(last) in texts[1]
    assert personal_url(first) not in "".join(texts)
    assert not reissue_speaker_link(speaker=dandim, by=official, now=wave.ends_at)
    assert kinds() == []


def test_whose_message_came_to_nothing_is_told_when_asked_again(wave, dandim):
    lecture(wave, dandim)
    publish(wave)
    invite(wave)
    for lost in ("failed", "expired"):
        Message.objects.filter(state="queued").update(state=lost, closed_at=NOW)
        assert invite(wave) == SpeakersInvited(new=0, told=1, unreachable=0)
        assert invite(wave).told == 0
    deliver()
    assert len(told(dandim)) == 1
    assert invite(wave).told == 0
