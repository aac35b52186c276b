"""Slots and lengths of a plan in words."""

from programs.planner import Slot
from programs.queries.plan_wishes import Hours, PlanWishes
from rtportal.lib.clock import days_words, short_days
from rtportal.lib.numbers import thousands


def slot_words(slot: Slot) -> str:
    """`Rabu, 8 April 2026, 08.00–12.00, Aula Pembataan`; hours only where the day has several blocks."""
    return ", ".join(filter(None, (days_words(slot.day, slot.last_day), slot.hours, slot.venue_name)))


def slot_when(slot: Slot) -> str:
    """Without the venue and where room is scarce: `8–10 Apr 2026`, `8 Apr 2026, 08.00–12.00`."""
    return ", ".join(filter(None, (short_days(slot.day, slot.last_day), slot.hours)))


def hours_words(hours: Hours) -> str:
    """`08.00–12.00`."""
    return "–".join(f"{each:%H.%M}" for each in hours)


def length_words(wishes: PlanWishes, zone: str) -> str:
    """How long the waves last: `pukul 08.00–12.00 atau 13.00–17.00 WITA`, or from day to day; `zone` is `WITA`."""
    if wishes.length > 1:
        start, end = wishes.hours[0]
        return (
            f"{thousands(wishes.length)} hari: pukul {start:%H.%M} hari pertama sampai pukul {end:%H.%M} hari "
            f"ke-{wishes.length} {zone}"
        )
    return f"pukul {' atau '.join(hours_words(each) for each in sorted(wishes.hours))} {zone}"
