"""Which venue is free on which of the wished dates."""

from dataclasses import replace
from datetime import datetime

from programs.models import Program, Venue, Wave
from programs.planner import Slot
from programs.queries.plan_wishes import PlanWishes
from programs.queries.plan_words import slot_when
from rtportal.lib import clock
from rtportal.regions.models import Region


def free_slots(program: Program, wishes: PlanWishes) -> tuple[list[Slot], list[str]]:
    """A slot for each venue, day and block of hours, in that order of time, and a sentence for each that a wave of any
    programme has already, be it on one of its days only. Two queries.

    Capacity is in seats, without the reserve; a part of a seat is not counted.
    """
    venues = list(Venue.objects.filter(region=program.region_id, pk__in=wishes.venues).order_by("pk"))
    wished = [slot for moment in moments(wishes) for slot in _in_each(venues, moment, wishes.reserve)]
    if not wished:
        return [], []
    spans = {slot.key: span_of(program.region, wishes, slot) for slot in wished}
    waves = Wave.objects.filter(
        venue__in=venues,
        cancelled_at=None,
        starts_at__lt=max(end for _, end in spans.values()),
        ends_at__gt=min(start for start, _ in spans.values()),
    ).select_related("program")
    by_venue: dict[int, list[Wave]] = {venue.pk: [] for venue in venues}
    for wave in waves:
        by_venue[wave.venue_id].append(wave)
    slots, sentences = [], []
    for slot in wished:
        start, end = spans[slot.key]
        other = next((one for one in by_venue[slot.venue] if one.starts_at < end and one.ends_at > start), None)
        if other:
            sentences.append(f"{slot.venue_name}, {slot_when(slot)}: sudah dipakai {other}.")
        else:
            slots.append(slot)
    return slots, sentences


def moments(wishes: PlanWishes) -> list[Slot]:
    """When waves may begin, as slots of no venue yet, in order of time."""
    days, blocks = sorted(wishes.days), sorted(wishes.hours)
    if len(blocks) == 1:
        return [Slot(day.isoformat(), 0, "", day, 0, wishes.length) for day in days]
    return [
        Slot(f"{day.isoformat()}/{start:%H%M}", 0, "", day, 0, wishes.length, start, end)
        for day in days
        for start, end in blocks
    ]


def span_of(region: Region, wishes: PlanWishes, slot: Slot) -> tuple[datetime, datetime]:
    """The instants at which a wave in the slot starts, on its first day, and ends, on its last."""
    starts, ends = (slot.starts, slot.ends) if slot.starts and slot.ends else wishes.hours[0]
    zone = region.time_zone
    return clock.local_instant(slot.day, starts, zone), clock.local_instant(slot.last_day, ends, zone)


def _in_each(venues: list[Venue], moment: Slot, reserve: int) -> list[Slot]:
    return [
        replace(
            moment,
            key=f"{moment.key}/{venue.pk}",
            venue=venue.pk,
            venue_name=venue.name,
            capacity=venue.capacity * (100 - reserve) // 100,
        )
        for venue in venues
    ]
