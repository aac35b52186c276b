"""What the tests of plans share: a programme with heads in four kecamatan, and a plan of it."""

from datetime import date

from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, TANJUNG

DAYS = (date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 14))
HEADS = {MURUNG_PUDAK: 14, MUARA_UYA: 10, TANJUNG: 8, JARO: 6}


def peopled_program(**fields):
    """38 heads; in two waves at best 20 and 18."""
    factories.regions(factories.TABALONG)
    for district, count in HEADS.items():
        factories.heads(count, district=district)
    return factories.program(**fields)


def two_waves(program, **wishes):
    """14 + 6 and 10 + 8."""
    asked = {"on": DAYS[:2], "now": factories.NOW, "name": "Rencana 1", "wave_count": 2} | wishes
    if "venue" not in asked and "venues" not in asked:
        asked["venue"] = factories.venue(region=program.region_id, capacity=24)
    return factories.plan(program=program, **asked)


def other_slot(plan, code: str) -> str:
    """The key of the wave in which the area is not."""
    return next(key for key in sorted(set(plan.assignment.values())) if key != plan.assignment[code])
