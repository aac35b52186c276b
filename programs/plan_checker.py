"""Does a division into waves obey its problem? Written apart from the planner; both share only the question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from programs.planner.problem import Problem, Slot
from rtportal.lib.clock import short_date, short_days
from rtportal.lib.numbers import thousands

# A sentence that lists a hundred villages is read by nobody.
MOST_NAMES = 5


@dataclass(frozen=True)
class Violation:
    """What the division breaks, as a sentence; `areas` are codes, `slot_key` is empty if no one wave is meant."""

    kind: str
    sentence: str
    areas: tuple[str, ...] = ()
    slot_key: str = ""


def check(problem: Problem, assignment: Mapping[str, str]) -> tuple[Violation, ...]:
    """Everything that `assignment` (area code to slot key) breaks, in a fixed order; empty if it may stand.

    Kinds: unknown_area, unknown_slot, unplaced, wave_count, seats, most_areas, on_day, not_on_day, together, apart.
    """
    return tuple(_Check(problem, assignment).violations())


class _Check:
    def __init__(self, problem: Problem, assignment: Mapping[str, str]):
        self.problem = problem
        self.assignment = assignment
        self.areas = {area.code: area for area in problem.areas}
        self.slots = {slot.key: slot for slot in problem.slots}
        self.placed = {
            code: assignment[code] for code in self.areas if code in assignment and assignment[code] in self.slots
        }

    def violations(self) -> Iterator[Violation]:
        yield from self._strangers()
        yield from self._waves()
        yield from self._days()
        yield from self._company()

    def _strangers(self) -> Iterator[Violation]:
        for code in self.assignment:
            if code not in self.areas:
                yield Violation("unknown_area", f"Wilayah {code} tidak termasuk dalam rencana ini.", (code,))
        for key in dict.fromkeys(self.assignment.values()):
            if key not in self.slots:
                yield Violation("unknown_slot", "Ada gelombang dengan tempat dan tanggal yang tidak dikenal.", (), key)
        if missing := [code for code in self.areas if code not in self.placed]:
            yield Violation("unplaced", f"Belum masuk gelombang mana pun: {self._names(missing)}.", tuple(missing))

    def _waves(self) -> Iterator[Violation]:
        waves: dict[str, list[str]] = defaultdict(list)
        for code, key in self.placed.items():
            waves[key].append(code)
        if self.problem.wave_count not in (None, len(waves)):
            sentence = f"Diminta {self.problem.wave_count} gelombang, rencana ini berisi {len(waves)}."
            yield Violation("wave_count", sentence)
        most = self.problem.rules.most_areas
        for key, slot in self.slots.items():
            codes = tuple(waves.get(key, ()))
            seats = sum(self.areas[code].seats for code in codes)
            if codes and seats > slot.capacity:
                sentence = (
                    f"{_words(slot)}: {thousands(seats)} orang, kapasitas {thousands(slot.capacity)} kursi, "
                    f"kurang {thousands(seats - slot.capacity)} kursi."
                )
                yield Violation("seats", sentence, codes, key)
            if most is not None and len(codes) > most:
                sentence = f"{_words(slot)}: {len(codes)} wilayah, paling banyak boleh {most}."
                yield Violation("most_areas", sentence, codes, key)

    def _days(self) -> Iterator[Violation]:
        for code, day in self.problem.rules.on_day:
            for one in self._meant(code):
                slot = self.slots[self.placed[one]]
                if not _is_on(slot, day):
                    now = short_days(slot.day, slot.last_day)
                    sentence = f"{self._names([one])} harus pada {short_date(day)}, sekarang {now}."
                    yield Violation("on_day", sentence, (one,), slot.key)
        for code, day in self.problem.rules.not_on_day:
            for one in self._meant(code):
                slot = self.slots[self.placed[one]]
                if _is_on(slot, day):
                    sentence = f"{self._names([one])} tidak boleh pada {short_date(day)}."
                    yield Violation("not_on_day", sentence, (one,), slot.key)

    def _company(self) -> Iterator[Violation]:
        for group in self.problem.rules.together:
            meant = tuple(dict.fromkeys(one for code in group for one in self._meant(code)))
            if len({self.placed[one] for one in meant}) > 1:
                yield Violation("together", f"{self._names(meant)} harus dalam satu gelombang.", meant)
        for group in self.problem.rules.apart:
            # A code and its own parent may stand in one rule; an area is never apart from itself.
            pairs = {
                frozenset((one, other)): self.placed[one]
                for first, second in combinations(dict.fromkeys(group), 2)
                for one in self._meant(first)
                for other in self._meant(second)
                if one != other and self.placed[one] == self.placed[other]
            }
            for pair, key in pairs.items():
                both = tuple(code for code in self.areas if code in pair)
                sentence = f"{self._names(both)} tidak boleh dalam gelombang yang sama."
                yield Violation("apart", sentence, both, key)

    def _meant(self, code: str) -> list[str]:
        return [one for one in self.placed if code in (one, self.areas[one].parent)]

    def _names(self, codes: Iterable[str]) -> str:
        names = [self.areas[code].name for code in codes]
        if len(names) > MOST_NAMES:
            return f"{', '.join(names[:MOST_NAMES])} dan {len(names) - MOST_NAMES} wilayah lain"
        return " dan ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _is_on(slot: Slot, day: date) -> bool:
    return 0 <= (day - slot.day).days < slot.days


def _words(slot: Slot) -> str:
    return ", ".join(filter(None, (slot.venue_name, short_days(slot.day, slot.last_day), slot.hours)))
