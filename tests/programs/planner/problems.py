"""Problems for the planner's tests: Tabalong as it was, and small ones made by chance."""

from datetime import date, timedelta

from hypothesis import strategies as st

from programs.planner import Area, Problem, Rules, Slot

FIRST_DAY = date(2023, 11, 8)
# RT heads of the twelve kecamatan; Murung Pudak, Muara Uya and Jaro were the first wave of 337.
TABALONG = {
    "Banua Lawas": 94,
    "Kelua": 75,
    "Tanta": 88,
    "Tanjung": 94,
    "Haruai": 81,
    "Murung Pudak": 143,
    "Muara Uya": 123,
    "Muara Harus": 44,
    "Pugaan": 44,
    "Upau": 38,
    "Jaro": 71,
    "Bintang Ara": 56,
}


def areas_of(seats: list[int], **fields: object) -> tuple[Area, ...]:
    """One area per number, with the codes a0, a1 …"""
    return tuple(Area(f"a{index}", f"Desa {index}", each, each, **fields) for index, each in enumerate(seats))


def slots_of(capacities: list[int], *, days: list[int] | None = None, length: int = 1) -> tuple[Slot, ...]:
    """One slot per capacity, with the keys s0, s1 …; `days` counts from the first day, without it each has its own."""
    firsts = [FIRST_DAY + timedelta(days=each) for each in days or range(len(capacities))]
    return tuple(
        Slot(f"s{index}", index, f"Aula {index}", first, capacity, length)
        for index, (first, capacity) in enumerate(zip(firsts, capacities, strict=False))
    )


def tabalong(capacity: int = 350, wave_count: int | None = 3, dates: int = 3, rules: Rules = Rules()) -> Problem:  # noqa: B008 - frozen
    areas = tuple(
        Area(f"63.09.{index:02}", name, heads, heads) for index, (name, heads) in enumerate(TABALONG.items(), 1)
    )
    slots = tuple(
        Slot(f"pendopo-{week}", 1, "Pendopo Bersinar", FIRST_DAY + timedelta(weeks=week), capacity)
        for week in range(dates)
    )
    return Problem(areas, slots, rules, wave_count)


@st.composite
def small_problems(draw: st.DrawFn, most_areas: int = 6, most_slots: int = 4) -> Problem:
    """Few areas under few parents, unequal slots, some on one day, some of two, all kinds of rules; possible or not."""
    number = draw(st.integers(1, most_areas))
    step = draw(st.sampled_from([1, 1, 2, 5]))
    areas = tuple(
        Area(
            f"a{index}",
            f"Desa {index}",
            seats * step,
            seats,
            draw(st.sampled_from(["", "p0", "p1"])),
            *draw(st.sampled_from([(None, None), (-2.0, 115.0), (-2.1, 115.3), (-1.7, 115.2), (-1.9, 114.8)])),
        )
        for index, seats in enumerate(draw(st.lists(st.integers(0, 12), min_size=number, max_size=number)))
    )
    capacities = draw(st.lists(st.integers(0, 30), min_size=1, max_size=most_slots))
    slots = slots_of(
        [each * step for each in capacities],
        days=draw(st.lists(st.integers(0, 2), min_size=4, max_size=4)),
        length=draw(st.sampled_from([1, 1, 2])),
    )
    codes = st.sampled_from([*(area.code for area in areas), "p0", "p1", "unknown"])
    bound = st.tuples(codes, st.integers(0, 2).map(lambda day: FIRST_DAY + timedelta(days=day)))
    groups = st.lists(codes, min_size=1, max_size=3).map(tuple)
    rules = Rules(
        on_day=tuple(draw(st.lists(bound, max_size=1))),
        not_on_day=tuple(draw(st.lists(bound, max_size=2))),
        together=tuple(draw(st.lists(groups, max_size=1))),
        apart=tuple(draw(st.lists(groups, max_size=2))),
        most_areas=draw(st.sampled_from([None, None, 1, 2, 3])),
    )
    return Problem(areas, slots, rules, draw(st.sampled_from([None, None, 1, 2, 3, 4])), draw(st.integers(1, 3)))
