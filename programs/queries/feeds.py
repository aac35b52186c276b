"""What the calendar of an office tells: its published schedules, and nothing of drafts."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from programs.models import CalendarFeed, Office, Wave
from rtportal.lib import clock
from rtportal.lib.ics import Event, Status


def feed_of(link_hash: str) -> CalendarFeed | None:
    """The feed that the address with this hash opens; None once it is revoked. One query."""
    return CalendarFeed.objects.open().filter(link_hash=link_hash).select_related("office").first()


def feeds_of(office: Office) -> QuerySet:
    """All addresses of an office, the newest first, revoked ones at the end."""
    return office.feeds.select_related("created_by").order_by(F("revoked_at").desc(nulls_first=True), "-pk")


def office_events(office: Office) -> list[Event]:
    """The office's published waves as they were told, cancelled ones marked so. One query."""
    waves = Wave.objects.filter(program__office=office, publication__isnull=False)
    rows = waves.select_related("program", "publication").order_by("pk")
    return [_event(wave) for wave in rows]


def _event(wave: Wave) -> Event:
    facts, version = wave.publication.facts, wave.publication
    starts_at, ends_at = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at"))
    return Event(
        uid=f"gelombang-{wave.pk}@{urlsplit(settings.BASE_URL).hostname}",
        starts_at=starts_at,
        ends_at=ends_at,
        summary=f"{'BATAL: ' if wave.is_cancelled else ''}{wave}",
        location=", ".join(part for part in (facts["venue"], facts["address"]) if part),
        description=_description(wave, facts, starts_at, ends_at),
        status=Status.CANCELLED if wave.is_cancelled else Status.CONFIRMED,
        # Cancelling writes no version of its own, but clients must see something newer.
        sequence=version.number + wave.is_cancelled,
        last_modified=max(version.published_at, wave.cancelled_at or version.published_at),
        url=settings.BASE_URL + reverse("participants:wave_detail", args=[wave.pk]),
    )


def _description(wave: Wave, facts: dict, starts_at: datetime, ends_at: datetime) -> str:
    lines = [clock.span_words(starts_at, ends_at, facts["zone"])]
    if wave.is_cancelled:
        lines.append(f"Dibatalkan: {wave.cancel_reason}" if wave.cancel_reason else "Dibatalkan.")
    else:
        lines += [_line(part, facts["zone"]) for part in facts["agenda"]]
    return "\n".join(lines)


def _line(part: dict, zone: str) -> str:
    starts_at = datetime.fromisoformat(part["starts_at"])
    room = f" ({part['room']})" if part["room"] else ""
    return f"{clock.short_moment(starts_at, zone)} {part['title']}{room}"
