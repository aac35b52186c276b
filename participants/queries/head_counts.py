"""How many current RT heads an area has."""

from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Substr

from participants.models import RTHead
from rtportal.regions.codes import REGENCY, ancestors, cut
from rtportal.regions.models import Region


def head_counts(areas: Iterable[str]) -> dict[str, int]:
    """Current heads of each area, whatever its level: `{"63.09.06": 143}`, 0 where nobody is. One query."""
    totals = dict.fromkeys(areas, 0)
    if not totals:
        return totals
    # Whole kabupaten/kota are few where single areas may be hundreds, and SQLite limits the depth of a condition.
    regencies = {cut(code, REGENCY) for code in totals}
    rows = (
        RTHead.objects.current()
        .in_areas(regencies)
        .values(place=Substr("rt__village_id", 1, max(map(len, totals))))
        .annotate(people=Count("id"))
        .order_by()
        .values_list("place", "people")
    )
    for place, people in rows:
        for code in (*ancestors(place), place):
            if code in totals:
                totals[code] += people
    return totals


def district_counts(regency_code: str) -> list[tuple[Region, int]]:
    """Each kecamatan of a kabupaten/kota with its current heads, by code. Two queries."""
    districts = Region.objects.districts().within([regency_code]).order_by("code")
    counts = head_counts([regency_code, *(district.code for district in districts)])
    return [(district, counts[district.code]) for district in districts]
