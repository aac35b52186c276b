"""The wave planner: Tabalong as it was, and instances of every size, proven or near the bound, on one core."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import perf_counter

from programs.plan_checker import check
from programs.planner import Area, Plan, Problem, Slot, solve
from tests.load.rows import Row, same, under

ISSUE = 3
FIRST_DAY = date(2023, 11, 8)
# RT heads of Tabalong's twelve kecamatan, 951 in all. Murung Pudak, Muara Uya and Jaro (143 + 123 + 71 = 337, the first
# wave of 8 November 2023) are press figures; the others share the remaining 614 by their number of desa and kelurahan.
TABALONG = (94, 75, 88, 94, 81, 143, 123, 44, 44, 38, 71, 56)
SEEDS = (1, 2, 3)
MOST_SECONDS, MOST_GAP = 5, 1


@dataclass(frozen=True)
class Size:
    """So many areas in so many waves, each area with RT heads from `least` to `most`."""

    name: str
    areas: int
    waves: int
    least: int
    most: int


SIZES = (
    Size("20 kecamatan dalam 5 gelombang", 20, 5, 30, 200),
    Size("31 kecamatan dalam 6 gelombang", 31, 6, 30, 200),
    Size("51 kecamatan dalam 8 gelombang", 51, 8, 30, 200),
    Size("131 desa dalam 8 gelombang", 131, 8, 1, 60),
    Size("500 desa dalam 40 gelombang", 500, 40, 1, 60),
)


def measure() -> list[Row]:
    """Seconds and gaps: the best of three runs for Tabalong, the worst of three instances for each size."""
    runs = [_timed(tabalong) for _ in range(3)]
    rows = [
        under("Tabalong dalam 3 gelombang", min(seconds for seconds, _ in runs), 0.1, "s"),
        same("Tabalong terbukti optimal", sum(plan.is_optimal for _, plan in runs), len(runs), "bukti"),
    ]
    for size in SIZES:
        runs = [_timed(lambda size=size, seed=seed: instance(size, seed)) for seed in SEEDS]
        rows += [
            under(size.name, max(seconds for seconds, _ in runs), MOST_SECONDS, "s"),
            under(f"{size.name}, jarak ke batas", max(plan.gap for _, plan in runs), MOST_GAP, "orang"),
        ]
    return [row.of_issue(ISSUE) for row in rows]


def tabalong() -> Problem:
    """Three waves in one hall of 350 seats."""
    areas = tuple(Area(f"63.09.{index:02}", f"Kecamatan {index}", heads, heads) for index, heads in enumerate(TABALONG))
    return Problem(areas, _slots(3, 350), wave_count=3)


def instance(size: Size, seed: int) -> Problem:
    """Areas scattered around the middles of some twelve parents each; the halls have 8 % more seats than needed."""
    random = Random(seed)
    heads = [random.randint(size.least, size.most) for _ in range(size.areas)]
    parents = [(random.uniform(-2.3, -1.7), random.uniform(115.1, 115.7)) for _ in range(1 + size.areas // 12)]
    areas = []
    for index, number in enumerate(heads):
        parent = index // 12
        north, east = parents[parent]
        place = north + random.gauss(0, 0.05), east + random.gauss(0, 0.05)
        areas.append(Area(f"d{index}", f"Desa {index}", number, number, f"k{parent}", *place))
    return Problem(tuple(areas), _slots(size.waves, sum(heads) * 108 // 100 // size.waves), wave_count=size.waves)


def _slots(number: int, capacity: int) -> tuple[Slot, ...]:
    return tuple(Slot(f"s{week}", 1, "Pendopo", FIRST_DAY + timedelta(weeks=week), capacity) for week in range(number))


def _timed(make: Callable[[], Problem]) -> tuple[float, Plan]:
    problem = make()
    started = perf_counter()
    plan = solve(problem)
    seconds = perf_counter() - started
    if not isinstance(plan, Plan) or check(problem, plan.assignment):
        raise AssertionError("the planner gave no plan that may stand")
    return seconds, plan
