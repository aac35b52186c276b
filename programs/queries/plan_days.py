"""What holds on the days that a plan may take: holidays, cuti bersama, Ramadan, local days, Friday's prayer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from programs.models import SpecialDay, WavePlan
from programs.planner import Slot
from programs.queries.free_slots import moments
from programs.queries.plan_wishes import PlanWishes
from programs.queries.special_days import FRIDAY, PRAYER_ENDS, PRAYER_STARTS, days_in, each_day
from rtportal.lib.clock import date_words, short_date

Marks = Mapping[date, list[SpecialDay]]


@dataclass(frozen=True)
class NotableDay:
    """A day that a wave of the plan takes or may take; `waves` are the numbers of those that do."""

    day: date
    words: str
    waves: list[int]


def marks_of(plan: WavePlan, wishes: PlanWishes) -> Marks:
    """What holds on the days that the plan's waves may take. One query."""
    slots = moments(wishes)
    return days_in(plan.program.region_id, slots[0].day, max(slot.last_day for slot in slots))


def slot_marks(slot: Slot, marks: Marks) -> list[str]:
    """What holds on the days of one slot, each once: `libur nasional: Hari Raya Natal`, in a long one with its day."""
    found = {}
    for day in each_day(slot.day, slot.last_day):
        for mark in marks.get(day, []):
            found.setdefault(mark.pk, mark_words(mark) if slot.days == 1 else f"{short_date(day)} {mark_words(mark)}")
    return list(found.values())


def notable_days(wishes: PlanWishes, marks: Marks, waves: Iterable[tuple[int, Slot]]) -> list[NotableDay]:
    """The wished days of which somebody should know, by date; `waves` are the plan's, each with its number."""
    waves = list(waves)
    days = {day for slot in moments(wishes) for day in each_day(slot.day, slot.last_day)}
    found = []
    for day in sorted(days):
        words = [mark_words(mark) for mark in marks.get(day, [])]
        if _meets_prayer(wishes, day):
            words.append("ada salat Jumat 11.30–13.00, jadi agendanya memerlukan jeda")
        if words:
            used = [number for number, slot in waves if slot.day <= day <= slot.last_day]
            found.append(NotableDay(day, f"{date_words(day)} {'; '.join(words)}", used))
    return found


def mark_words(mark: SpecialDay) -> str:
    """`cuti bersama: Hari Raya Natal`, `dalam bulan Ramadan`."""
    if mark.kind == SpecialDay.Kind.RAMADAN:
        return "dalam bulan Ramadan"
    return f"{mark.get_kind_display().lower()}: {mark.name}"


def _meets_prayer(wishes: PlanWishes, day: date) -> bool:
    if day.weekday() != FRIDAY:
        return False
    return wishes.length > 1 or any(start < PRAYER_ENDS and end > PRAYER_STARTS for start, end in wishes.hours)
