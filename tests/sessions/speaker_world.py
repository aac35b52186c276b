"""A wave with speakers who can be told: for tests about invitations, answers and materials."""

from datetime import datetime, time, timedelta

from django.db import transaction

from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.lib.links import hash_token
from rtportal.messaging.models import InboxItem, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from sessions.links import give_new_link, token_of
from sessions.models import SessionSpeaker, Speaker, TrainingSession
from sessions.use_cases.invite_speakers import SpeakersInvited, invite_speakers
from tests import factories
from tests.factories import NOW


def with_link(speaker: Speaker) -> Speaker:
    give_new_link(speaker)
    speaker.save()
    assert speaker.link_hash == hash_token(token_of(speaker.link_id))
    return speaker


def page_of(speaker: Speaker) -> str:
    return f"/n/{token_of(speaker.link_id)}/"


def lecture(wave: Wave, speaker: Speaker, *, title: str = "Bela negara", starts: time = time(9), **part):
    """A session of an hour with one speaker, who is asked and has not answered unless `part` says so."""
    session = factories.session(wave=wave, title=title, starts=starts)
    SessionSpeaker.objects.create(session=session, speaker=speaker, **{"status": "invited"} | part)
    return session


def publish(wave: Wave, now: datetime = NOW) -> Wave:
    """As an official does it: what stands in the rows by now."""
    with transaction.atomic():
        return factories.publish(locked_wave(wave.pk), now=now)


def invite(wave: Wave, now: datetime = NOW) -> SpeakersInvited:
    return invite_speakers(wave=wave, by=factories.user(), now=now)


def deliver(now: datetime = NOW) -> int:
    return deliver_due_messages(now_fn=lambda: now)


def told(speaker: Speaker) -> list[str]:
    """What the speaker has received, oldest first."""
    name = str(speaker)
    return list(InboxItem.objects.filter(recipient_name=name).order_by("pk").values_list("body", flat=True))


def kinds(state: str = "queued") -> list[str]:
    return sorted(Message.objects.filter(state=state).values_list("kind", flat=True))


def move(session: TrainingSession, minutes: int) -> None:
    """Another hour in the rows; nobody outside the office knows."""
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at + timedelta(minutes=minutes), ends_at=session.ends_at + timedelta(minutes=minutes)
    )
    session.refresh_from_db()


def cancel(wave: Wave, now: datetime = NOW) -> None:
    """What cancelling a wave means for its speakers."""
    from sessions.speaker_notices import correct_speakers

    with transaction.atomic():
        row = Wave.objects.select_related("program", "publication").select_for_update(of=("self",)).get(pk=wave.pk)
        row.cancelled_at, row.cancel_reason = now, "Banjir"
        row.save()
        correct_speakers(row, now=now)
