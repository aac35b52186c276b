"""What the sending hours do to messages: they go now, wait for the opening, or would come after their time."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from rtportal.lib import clock
from rtportal.messaging.channels import all_channels
from rtportal.messaging.hours import SendingTimetable
from rtportal.messaging.models import Message


class Timed(Protocol):
    """What of a message, or of the draft of one, the hours ask for."""

    channel: str
    region_code: str
    expires_at: datetime | None
    urgent_reason: str


def keeps_hours(message: Timed) -> bool:
    """Whether the hours bind it: those of a channel that rings nowhere do not, nor those that are urgent."""
    channel = all_channels().get(message.channel)
    return channel is not None and channel.keeps_hours and not message.urgent_reason


class QuietHours:
    """The sending hours of the regions of some messages as they stand now; made anew for each batch."""

    def __init__(self, messages: Iterable[Timed], *, now: datetime):
        codes = {message.region_code for message in messages if keeps_hours(message)}
        self._timetable = SendingTimetable.of(codes, now=now)

    def opening(self, message: Timed, at: datetime) -> datetime:
        """`at` itself if the message may go then, else the next instant at which it may."""
        return self._timetable.open_from(message.region_code, at) if keeps_hours(message) else at

    def last_moment(self, message: Timed, at: datetime) -> datetime | None:
        """When whoever takes the open message at `at` must not deliver it any more: the hours or its time are over."""
        if not keeps_hours(message):
            return message.expires_at
        closing = self._timetable.open_until(message.region_code, at)
        return min(closing, message.expires_at) if message.expires_at else closing

    def too_late_words(self, message: Timed, opening: datetime) -> str:
        """Why a message that can go from `opening` on is not sent; "" if that is in time."""
        if message.expires_at is None or opening < message.expires_at:
            return ""
        words = clock.moment_words(opening, self._timetable.hours(message.region_code).zone)
        return f"Tidak dikirim: jam kirim baru mulai {words}, sesudah batas waktu pesan ini."


def put_back_closed(messages: list[Message], hours: QuietHours, *, now: datetime) -> list[Message]:
    """Those of the queued messages that may go now. The others wait for the opening, or expire with the reason.

    The caller has locked the rows. One statement for each opening.
    """
    waiting: dict[datetime, list[int]] = {}
    expired: dict[str, list[int]] = {}
    going = []
    for message in messages:
        opening = hours.opening(message, now)
        if opening <= now:
            going.append(message)
        elif words := hours.too_late_words(message, opening):
            expired.setdefault(words, []).append(message.pk)
        else:
            waiting.setdefault(opening, []).append(message.pk)
    for opening, keys in waiting.items():
        _queued(keys).update(due_at=opening, hold=Message.Hold.QUIET)
    for words, keys in expired.items():
        _queued(keys).update(state=Message.State.EXPIRED, closed_at=now, detail=words, hold="")
    return going


def _queued(keys: Collection[int]):
    return Message.objects.queued().filter(pk__in=keys)
