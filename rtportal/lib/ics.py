"""Calendars that other programs read: iCalendar files after RFC 5545, made from plain events.

Instants are written in UTC, so no client has to guess a zone; each shows them in the zone of its own clock. Giving
the same events twice gives the same bytes, so a client that asks again can be told that nothing changed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Timezone, TimezoneStandard
from icalendar import Event as Entry
from icalendar.prop import vText

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//rtportal//Portal Ketua RT//ID"
# How often a client should ask again.
REFRESH_EVERY = timedelta(hours=1)

# RFC 5545 allows no control character in a text but the tab; a line break is written as "\n" by the library.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")


class Status(StrEnum):
    """How sure an event is."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Event:
    """One entry of a calendar.

    `uid` stays the same for as long as the event is the same (`gelombang-12@portal.example.go.id`); `sequence` grows
    with each new version of it, so that clients replace what they have. All instants are aware.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    last_modified: datetime
    location: str = ""
    description: str = ""
    status: Status = Status.CONFIRMED
    sequence: int = 0
    url: str = ""


def calendar_bytes(name: str, events: Iterable[Event]) -> bytes:
    """A whole calendar file: UTF-8, CRLF, lines folded at 75 bytes; events in the order given.

    Raises ValueError for a naive instant or an event that ends before it starts.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # What clients call the calendar: the standard's word and the older one that more of them know.
    for field in ("name", "x-wr-calname"):
        calendar.add(field, vText(" ".join(_text(name).split())))
    calendar.add("refresh-interval", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    entries = [_entry(event) for event in events]
    for component in entries or [_utc()]:
        calendar.add_component(component)
    return calendar.to_ical()


def _entry(event: Event) -> Entry:
    if event.ends_at < event.starts_at:
        raise ValueError("an event ends after it starts")
    entry = Entry()
    entry.add("uid", _text(event.uid))
    # Without a stamp of its own time of making, the same events are the same bytes.
    entry.add("dtstamp", _utc_instant(event.last_modified))
    entry.add("last-modified", _utc_instant(event.last_modified))
    entry.add("dtstart", _utc_instant(event.starts_at))
    entry.add("dtend", _utc_instant(event.ends_at))
    entry.add("summary", _text(event.summary))
    entry.add("status", str(event.status))
    entry.add("sequence", event.sequence)
    for field in ("location", "description"):
        if text := _text(getattr(event, field)):
            entry.add(field, text)
    if event.url:
        entry.add("url", event.url)
    return entry


def _utc() -> Timezone:
    # A calendar must hold something; one without events holds the zone that its instants would be in.
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local time by definition of VTIMEZONE
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


def _utc_instant(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant must be timezone-aware")
    return instant.astimezone(UTC).replace(microsecond=0)


def _text(text: str) -> str:
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # The library would take these two typed signs for a line break.
    return clean.replace("\\N", "\\n")
