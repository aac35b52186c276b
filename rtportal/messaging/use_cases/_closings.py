"""What becomes of a message that a worker had in hand."""

from datetime import datetime, timedelta

from rtportal.messaging.channels.base import PermanentRefusal, Receipt, Sender
from rtportal.messaging.holding import QuietHours
from rtportal.messaging.kinds import Content, Unfit
from rtportal.messaging.leases import Closing
from rtportal.messaging.models import DeliveryAttempt, Message

# Pauses after the first, second … temporary refusal; after one more the message has failed.
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]

State, Outcome, Failure = Message.State, DeliveryAttempt.Outcome, Message.Failure
LATE = "Terlambat: batas waktu pengiriman pesan ini sudah lewat."
OPTED_OUT = Unfit(State.FAILED, "Penerima meminta berhenti menerima pesan di saluran ini.")
_UNKNOWN = "Sambungan terputus saat isi pesan dikirim, jadi tidak diketahui apakah pesan ini sampai."


def without_send(
    message: Message, sender: Sender | None, content: Content | Unfit, hours: QuietHours, now: datetime
) -> Closing | None:
    """For a message that is not to be handed over now; None if it is."""
    if message.expires_at and message.expires_at <= now:
        return Closing(message=message, state=State.EXPIRED, at=now, outcome=None, detail=LATE)
    if isinstance(content, Unfit):
        return _unfit(message, content, now)
    if sender is None:
        detail = f"Saluran “{message.channel}” tidak ada di portal ini."
        return _failed_unsent(message, detail, Failure.CHANNEL, now)
    opening = hours.opening(message, now)
    if opening <= now:
        return None
    if words := hours.too_late_words(message, opening):
        return Closing(message=message, state=State.EXPIRED, at=now, outcome=None, detail=words)
    return Closing(message=message, state=State.QUEUED, at=now, outcome=None, due_at=opening, hold=Message.Hold.QUIET)


def _unfit(message: Message, unfit: Unfit, now: datetime) -> Closing:
    if unfit.state == State.QUEUED:
        return for_later(message, unfit.detail, now)
    if unfit.state == State.FAILED:
        failure = Failure.OPTED_OUT if unfit is OPTED_OUT else Failure.CONTENT
        return _failed_unsent(message, unfit.detail, failure, now)
    return Closing(message=message, state=unfit.state, at=now, outcome=None, detail=unfit.detail)


def _failed_unsent(message: Message, detail: str, failure: Message.Failure, now: datetime) -> Closing:
    return Closing(
        message=message, state=State.FAILED, failure=failure, at=now, outcome=Outcome.PERMANENT, detail=detail
    )


def for_later(message: Message, detail: str, now: datetime, *, retry_after: timedelta | None = None) -> Closing:
    """Due again after a pause that grows with each try, and not before the other side said; failed after enough."""
    tried = message.attempt_count if message.started_at else message.attempt_count + 1
    if tried > len(BACKOFF):
        return Closing(
            message=message,
            state=State.FAILED,
            failure=Failure.REFUSED,
            at=now,
            outcome=Outcome.TEMPORARY,
            detail=detail,
        )
    due_at = now + max(BACKOFF[tried - 1], retry_after or timedelta(0))
    return Closing(message=message, state=State.QUEUED, at=now, outcome=Outcome.TEMPORARY, detail=detail, due_at=due_at)


def accepted(message: Message, content: Content, receipt: Receipt, now: datetime) -> Closing:
    return Closing(
        message=message,
        state=State.ACCEPTED,
        at=now,
        outcome=Outcome.ACCEPTED,
        detail=receipt.detail,
        subject=content.subject,
        reference=receipt.reference,
    )


def failed(message: Message, content: Content, refusal: PermanentRefusal, now: datetime) -> Closing:
    return Closing(
        message=message,
        state=State.FAILED,
        failure=refusal.failure,
        at=now,
        outcome=Outcome.PERMANENT,
        detail=refusal.detail,
        subject=content.subject,
    )


def unknown(message: Message, content: Content, error: Exception, now: datetime) -> Closing:
    """Neither taken nor refused as far as anybody knows: a report of the channel or a human will say."""
    return Closing(
        message=message,
        state=State.UNKNOWN,
        at=now,
        outcome=Outcome.UNKNOWN,
        detail=f"{_UNKNOWN} ({str(error)[:200]})",
        subject=content.subject,
    )
