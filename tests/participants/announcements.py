"""What participants were told, as tests ask for it."""

from datetime import datetime, timedelta

from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.messaging.models import InboxItem, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

A_WEEK = timedelta(days=7)


def invited(wave: Wave, count: int = 3, *, district: str = MURUNG_PUDAK, now: datetime = NOW) -> list[Enrolment]:
    """Heads with e-mail addresses, invited to the wave; their messages wait in the outbox."""
    factories.heads(count, district=district)
    invite_participants(wave_id=wave.pk, by=factories.user(), now=now)
    wave.refresh_from_db()
    return list(wave.enrolments.order_by("pk"))


def deliver(now: datetime = NOW) -> int:
    return deliver_due_messages(now_fn=lambda: now)


def inbox(enrolment: Enrolment) -> list[InboxItem]:
    """What the participant received, the oldest first."""
    return list(InboxItem.objects.filter(message__about_id=enrolment.pk).order_by("message__started_at", "message_id"))


def waiting(kind: str = "") -> list[Message]:
    rows = Message.objects.queued().order_by("pk")
    return list(rows.filter(kind=kind) if kind else rows)


def moved(wave: Wave, by: timedelta = A_WEEK) -> Wave:
    """The rows of the wave on another day, as an official's edit leaves them; nothing is published."""
    wave.starts_at += by
    wave.ends_at += by
    wave.save()
    return wave
