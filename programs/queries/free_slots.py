"""Which venue is free on which of the wished dates."""

from datetime import date, datetime

from programs.models import Program, Venue, Wave
from programs.planner import Slot
from programs.queries.plan_wishes import PlanWishes
from rtportal.lib import clock
from rtportal.regions.models import Region


def free_slots(program: Program, wishes: PlanWishes) -> tuple[list[Slot], list[str]]:
    """A slot for each venue and day, and a sentence for each that a wave of any programme has already. Two queries.

    Capacity is in seats, without the reserve; a part of a seat is not counted.
    """
    venues = list(Venue.objects.filter(region=program.region_id, pk__in=wishes.venues).order_by("pk"))
    hours = {day: span_on(program.region, wishes, day) for day in wishes.days}
    if not venues or not hours:
        return [], []
    waves = Wave.objects.filter(
        venue__in=venues,
        cancelled_at=None,
        starts_at__lt=max(end for _, end in hours.values()),
        ends_at__gt=min(start for start, _ in hours.values()),
    ).select_related("program")
    by_venue: dict[int, list[Wave]] = {venue.pk: [] for venue in venues}
    for wave in waves:
        by_venue[wave.venue_id].append(wave)
    slots, sentences = [], []
    for day, (start, end) in sorted(hours.items()):
        for venue in venues:
            other = next((one for one in by_venue[venue.pk] if one.starts_at < end and one.ends_at > start), None)
            if other:
                sentences.append(f"{venue.name}, {clock.short_date(day)}: sudah dipakai {other}.")
                continue
            capacity = venue.capacity * (100 - wishes.reserve) // 100
            slots.append(Slot(slot_key(day, venue.pk), venue.pk, venue.name, day, capacity))
    return slots, sentences


def slot_key(day: date, venue: int) -> str:
    return f"{day.isoformat()}/{venue}"


def span_on(region: Region, wishes: PlanWishes, day: date) -> tuple[datetime, datetime]:
    """The instants at which a wave on that local day starts and ends."""
    zone = region.time_zone
    return clock.local_instant(day, wishes.starts, zone), clock.local_instant(day, wishes.ends, zone)
