"""What would make an impossible problem possible, each tried out: more seats, a wave more, an area cut, a rule less."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from programs.planner.diagnosis import DROP_RULE, names_of
from programs.planner.plan import Relief
from programs.planner.problem import Area, Problem, Rules, Slot
from programs.planner.trial import least, loads_of
from rtportal.lib.clock import short_date
from rtportal.lib.numbers import thousands

MOST_WAVES_MORE = 12
MOST_VENUES = 4
MOST_PARTS = 6
# Beyond these many areas each trial takes long, so that fewer changes are tried.
MANY_AREAS, MOST_SPLITS, MOST_RULES = 60, 6, 20


def reliefs_of(problem: Problem) -> tuple[Relief, ...]:
    """The single changes that each make a plan possible, the cheapest first.

    If none does, as few rules as possible are dropped and more is tried on top of that. Empty only where nothing is to
    be divided or, among very many areas, nothing was found.
    """
    if not problem.areas or not problem.slots:
        return ()
    found = [*_single(problem), *_fewer_rules(problem)] or [*_without_clashing_rules(problem)]
    return tuple(sorted(found, key=lambda each: (each.cost, each.kind, each.sentence)))


def _without_clashing_rules(problem: Problem) -> Iterator[Relief]:
    """Keep the rules that go together when seats and waves are free; drop the others, and mend what still lacks."""
    free = replace(_enlarged(problem, None, _seats(problem.areas)), wave_count=None)
    kept, dropped, cost = Rules(most_areas=problem.rules.most_areas), [], 0
    for kind, index in _rules_of(problem.rules):
        rule = getattr(problem.rules, kind)[index]
        more = replace(kept, **{kind: (*getattr(kept, kind), rule)})
        if loads_of(replace(free, rules=more)) is not None:
            kept = more
        else:
            areas = _areas_in(problem, kind, rule)
            dropped.append(f"{DROP_RULE}{_rule_words(kind, rule, areas)}")
            cost += _seats(areas)
    rest = replace(problem, rules=kept)
    if dropped and loads_of(rest) is not None:
        yield Relief("rules", "; ".join(dropped), cost)
        return
    for each in [*_single(rest)] or [*_count_and_seats(rest)]:
        yield Relief("several", "; ".join((*dropped, each.sentence)), cost + each.cost)


def _count_and_seats(problem: Problem) -> Iterator[Relief]:
    """Another number of waves, and more seats on top of it."""
    free = _enlarged(problem, None, _seats(problem.areas))
    for changed, relief in _possible_counts(free):
        slots = tuple(replace(slot, capacity=slot.capacity - _seats(problem.areas)) for slot in changed.slots)
        for seats in _more_seats(replace(changed, slots=slots)):
            yield Relief("several", f"{relief.sentence}; {seats.sentence}", relief.cost + seats.cost)


def _single(problem: Problem) -> Iterator[Relief]:
    yield from _more_seats(problem)
    yield from _other_counts(problem)
    yield from _split_areas(problem)
    yield from _more_areas(problem)


def _more_seats(problem: Problem) -> Iterator[Relief]:
    """The same number of seats more in every slot, or in one venue alone where there are several."""
    venues = {slot.venue: slot.venue_name for slot in problem.slots}
    is_tried_alone = 1 < len(venues) <= MOST_VENUES and len(problem.areas) <= MANY_AREAS
    capacities = {slot.key: slot.capacity for slot in problem.slots}
    for venue in [None, *(venues if is_tried_alone else ())]:
        number = least(lambda seats, venue=venue: _enlarged(problem, venue, seats), max(1, _seats(problem.areas)))
        if number is None:
            continue
        loads = loads_of(_enlarged(problem, venue, number)) or {}
        cost = sum(max(0, load - capacities[key]) for key, load in loads.items())
        sizes = {slot.capacity for slot in problem.slots if venue in (None, slot.venue)}
        size = thousands(max(sizes)) if len(sizes) == 1 else ""
        if venue is None:
            what = f"kapasitas {size or 'setiap tempat'}"
        else:
            what = f"kapasitas {venues[venue]}" + (f" ({size})" if size else "")
        yield Relief("capacity", f"{what} kurang {thousands(number)} kursi", cost)


def _enlarged(problem: Problem, venue: int | None, seats: int) -> Problem:
    return replace(
        problem,
        slots=tuple(
            replace(slot, capacity=slot.capacity + seats) if venue in (None, slot.venue) else slot
            for slot in problem.slots
        ),
    )


def _other_counts(problem: Problem) -> Iterator[Relief]:
    for _, relief in _possible_counts(problem):
        yield relief


def _possible_counts(problem: Problem) -> Iterator[tuple[Problem, Relief]]:
    """The nearest number of waves above and below that works, on new dates where the dates do not suffice."""
    count = problem.wave_count or 0
    mean = max(1, _seats(problem.areas) // (count or len(problem.slots)))
    for more in range(MOST_WAVES_MORE + 1):
        missing = max(0, count + more - len(problem.slots)) if count else more
        changed = _with_count(problem, count + more if count else None, missing)
        if (more or missing) and loads_of(changed) is not None:
            added = f"tambah {_number(more)} gelombang" if more else f"tambah {_number(missing)} tanggal"
            where = f" pada tanggal baru{_where(changed)}" if more and missing else _where(changed) if missing else ""
            asked = None if missing else changed.wave_count
            yield changed, Relief("waves", added + where, max(more, missing) * mean, number=asked)
            break
    fewer = range(min(count - 1, len(problem.areas)), 0, -1)
    on_dates = [number for number in fewer if number <= len(problem.slots)]
    on_new_dates = [number for number in reversed(fewer) if number > len(problem.slots)]
    for number in (*on_dates[:MOST_WAVES_MORE], *on_new_dates[:MOST_WAVES_MORE]):
        missing = max(0, number - len(problem.slots))
        changed = _with_count(problem, number, missing)
        if loads_of(changed) is not None:
            added = f" dan tambah {_number(missing)} tanggal{_where(changed)}" if missing else ""
            asked = None if missing else number
            sentence = f"kurangi menjadi {number} gelombang{added}"
            yield changed, Relief("waves", sentence, (1 + missing) * mean, number=asked)
            break


def _with_count(problem: Problem, count: int | None, missing: int) -> Problem:
    """Another number of waves, and so many new dates in the largest venue."""
    return replace(problem, wave_count=count, slots=(*problem.slots, *_new_slots(problem, missing)))


def _where(problem: Problem) -> str:
    return f" di {problem.slots[-1].venue_name} ({thousands(problem.slots[-1].capacity)} kursi)"


def _new_slots(problem: Problem, number: int) -> tuple[Slot, ...]:
    largest = max(problem.slots, key=lambda slot: (slot.capacity, slot.key))
    # Later than every date that a rule can name.
    days = [slot.day for slot in problem.slots] + [day for _, day in (*problem.rules.on_day, *problem.rules.not_on_day)]
    return tuple(
        replace(largest, key=f"{largest.key}+{index}", day=max(days) + timedelta(weeks=index))
        for index in range(1, number + 1)
    )


def _split_areas(problem: Problem) -> Iterator[Relief]:
    """One area in as few equal parts as it takes; the heaviest are tried, and those that no rule names by parent.

    Where several are each too large for any slot, no one of them helps alone: they are split together.
    """
    named = {code for group in _codes_in(problem.rules) for code in group}
    areas = sorted(problem.areas, key=lambda area: (-area.seats, area.code))
    areas = [area for area in areas if area.seats > 1 and area.parent not in named]
    room = max(slot.capacity for slot in problem.slots)
    large = [area for area in areas if area.seats > room]
    if len(large) > 1:
        # Of more than a few nobody reads the names, and the halls are what is wrong.
        yield from _split_large(problem, large, room) if len(large) <= MOST_SPLITS else ()
        return
    for area in areas[: MOST_SPLITS if len(problem.areas) <= MANY_AREAS else 1]:
        for parts in range(2, min(MOST_PARTS, area.seats) + 1):
            if loads_of(_split(problem, area, parts)) is not None:
                largest = thousands(-(-area.seats // parts))
                sentence = f"pecah {area.name} menjadi {_number(parts)} bagian, masing-masing sekitar {largest} kursi"
                yield Relief("split", sentence, area.seats, areas=(area.code,))
                break


def _split_large(problem: Problem, large: list[Area], room: int) -> Iterator[Relief]:
    """All that fit nowhere, each in as few parts as fit, or in one more."""
    for more in range(2):
        changed, words = problem, []
        for area in large:
            parts = -(-area.seats // max(1, room)) + more
            if parts > min(MOST_PARTS, area.seats):
                return
            changed = _split(changed, area, parts)
            words.append(f"{area.name} menjadi {_number(parts)} bagian")
        if loads_of(changed) is not None:
            sentence = f"pecah {', '.join(words[:-1])} dan {words[-1]}"
            yield Relief("split", sentence, _seats(large), areas=tuple(area.code for area in large))
            return


def _split(problem: Problem, area: Area, parts: int) -> Problem:
    """The area's code becomes the parent of the parts, so that rules about it go on meaning all of them."""
    pieces = tuple(
        replace(
            area,
            code=f"{area.code}/{index}",
            parent=area.code,
            seats=area.seats // parts + (index < area.seats % parts),
        )
        for index in range(parts)
    )
    return replace(problem, areas=(*(each for each in problem.areas if each is not area), *pieces))


def _more_areas(problem: Problem) -> Iterator[Relief]:
    most = problem.rules.most_areas
    if most is None or most >= len(problem.areas):
        return
    number = least(
        lambda more: replace(problem, rules=replace(problem.rules, most_areas=most + more)), len(problem.areas) - most
    )
    if number is not None:
        sentence = f"izinkan {most + number} wilayah per gelombang, bukan {most}"
        yield Relief(
            "most_areas", sentence, number * max(1, _seats(problem.areas) // len(problem.areas)), number=most + number
        )


def _fewer_rules(problem: Problem) -> Iterator[Relief]:
    """Each rule that alone is in the way."""
    rules = _rules_of(problem.rules)
    for kind, index in rules if len(problem.areas) <= MANY_AREAS else rules[:4]:
        group = getattr(problem.rules, kind)
        rest = replace(problem.rules, **{kind: (*group[:index], *group[index + 1 :])})
        if loads_of(replace(problem, rules=rest)) is not None:
            areas = _areas_in(problem, kind, group[index])
            yield Relief("rule", f"{DROP_RULE}{_rule_words(kind, group[index], areas)}", _seats(areas))


def _rules_of(rules: Rules) -> list[tuple[str, int]]:
    kinds = ("on_day", "not_on_day", "together", "apart")
    return [(kind, index) for kind in kinds for index in range(len(getattr(rules, kind)))][:MOST_RULES]


def _codes_in(rules: Rules) -> list[tuple[str, ...]]:
    return [(code,) for code, _ in (*rules.on_day, *rules.not_on_day)] + [*rules.together, *rules.apart]


def _areas_in(problem: Problem, kind: str, rule: tuple) -> list[Area]:
    codes = rule[:1] if kind in ("on_day", "not_on_day") else rule
    meant = {one for code in codes for one in problem.codes_of(code)}
    return [area for area in problem.areas if area.code in meant]


def _rule_words(kind: str, rule: tuple, areas: list[Area]) -> str:
    names = names_of(areas)
    if kind == "on_day":
        return f"{names} pada {short_date(rule[1])}"
    if kind == "not_on_day":
        return f"{names} tidak pada {short_date(rule[1])}"
    return f"{names} {'bersama' if kind == 'together' else 'terpisah'}"


def _seats(areas: tuple[Area, ...] | list[Area]) -> int:
    return sum(area.seats for area in areas)


def _number(number: int) -> str:
    return {1: "satu", 2: "dua", 3: "tiga", 4: "empat", 5: "lima", 6: "enam"}.get(number, thousands(number))
