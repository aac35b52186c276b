"""What a personal page shows besides the invitation: own attendance, shared materials, the entry for a calendar."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings

from participants.models import Attendance, Certificate, Enrolment
from participants.publication_changes import place_of
from participants.queries.invitation import Invitation
from programs.models import Venue, Wave
from rtportal.lib import clock, ics, phones
from sessions.models import Material

# Opens the telephone's own map where there is one, and a page everywhere else.
_MAP = "https://www.google.com/maps/search/"


@dataclass(frozen=True, slots=True)
class Presence:
    """One session in which the person was present: `since` such as `08.05 WITA`, `minutes` only where it is known."""

    title: str
    since: str
    minutes: int | None


def map_url(venue: Venue) -> str:
    """Where a hall is on a map: by its coordinates, or else by its name and address."""
    if venue.latitude is None or venue.longitude is None:
        query = ", ".join(filter(None, (venue.name, venue.address)))
    else:
        query = f"{venue.latitude},{venue.longitude}"
    return f"{_MAP}?{urlencode({'api': 1, 'query': query})}"


def presences_of(invitation: Invitation, zone: str) -> list[Presence]:
    """In order of time; one query, none where there is nothing."""
    if invitation.attended is None:
        return []
    rows = Attendance.objects.filter(enrolment=invitation.id).order_by("session__starts_at", "session")
    return [
        Presence(title, clock.time_words(since, zone), minutes)
        for title, since, minutes in rows.values_list("session__title", "marked_at", "minutes")
    ]


def certificate_of(invitation: Invitation) -> Certificate | None:
    """The valid certificate; one query."""
    return Certificate.objects.valid().filter(enrolment=invitation.id).order_by().first()


def materials_of(invitation: Invitation) -> list[Material]:
    """What the wave's participants may fetch, in order of the sessions; one query, none where there is nothing."""
    if invitation.shared is None:
        return []
    rows = Material.objects.filter(session__wave=invitation.wave_id, released_at__isnull=False)
    return list(rows.select_related("session").order_by("session__starts_at", "session", "name", "pk"))


def material_of(invitation: Invitation, key: UUID) -> Material | None:
    """One of them; None for what is not shared or belongs to another wave."""
    rows = Material.objects.filter(session__wave=invitation.wave_id, released_at__isnull=False)
    return rows.filter(pk=key).first()


def calendar_of(invitation: Invitation) -> list[ics.Event]:
    """The wave as published, for a calendar program; nothing for somebody who does not come. One query."""
    rows = Enrolment.objects.confirmed().active().filter(pk=invitation.id, wave__publication__isnull=False)
    related = rows.select_related("wave__publication", "wave__program__office", "wave__program__region")
    return [_event(enrolment.wave) for enrolment in related]


def _event(wave: Wave) -> ics.Event:
    facts, program, office = wave.publication.facts, wave.program, wave.program.office
    lines = [f"{office.name}, {wave.title}", f"Dibawa: {program.bring}" if program.bring else ""]
    lines.append(f"Pertanyaan: {office.contact_name}, {phones.display(office.contact_phone)}")
    return ics.Event(
        uid=f"gelombang-{wave.pk}-undangan@{urlsplit(settings.BASE_URL).hostname}",
        starts_at=datetime.fromisoformat(facts["starts_at"]),
        ends_at=datetime.fromisoformat(facts["ends_at"]),
        summary=program.name,
        location=place_of(facts),
        description="\n".join(filter(None, lines)),
        status=ics.Status.CANCELLED if wave.is_cancelled else ics.Status.CONFIRMED,
        sequence=wave.publication.number + bool(wave.cancelled_at),
        last_modified=max(filter(None, (wave.publication.published_at, wave.cancelled_at))),
    )
