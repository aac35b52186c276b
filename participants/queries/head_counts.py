"""How many current RT heads an area has."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, F, Value
from django.db.models.functions import Substr

from participants.models import Enrolment, RTHead
from rtportal.regions.area_keys import NO_RW, make_key, split_key
from rtportal.regions.codes import REGENCY, ancestors, cut
from rtportal.regions.models import Region


def head_counts(areas: Iterable[str]) -> dict[str, int]:
    """Current heads of each area, whatever its level: `{"63.09.06": 143}`, 0 where nobody is. One query.

    An area is a region's code or the key of an RW: `63.09.06.1001/003`.
    """
    totals = dict.fromkeys(areas, 0)
    if not totals:
        return totals
    # Whole kabupaten/kota are few where single areas may be hundreds, and SQLite limits the depth of a condition.
    codes = [split_key(key)[0] for key in totals]
    regencies = {cut(code, REGENCY) for code in codes}
    has_parts = any("/" in key for key in totals)
    rows = (
        RTHead.objects.current()
        .in_areas(regencies)
        .values(place=Substr("rt__village_id", 1, max(map(len, codes))), unit=F("rt__rw") if has_parts else Value(""))
        .annotate(people=Count("id"))
        .order_by()
        .values_list("place", "unit", "people")
    )
    for place, unit, people in rows:
        for key in (*ancestors(place), place, make_key(place, unit or NO_RW)):
            if key in totals:
                totals[key] += people
    return totals


def placed_counts(areas: Mapping[int, Collection[str]]) -> dict[tuple[int, str], int]:
    """By programme (primary key) and area: RTs with a head that are in a wave of it that takes place. One query.

    `areas` gives keys by programme; heads moved to another wave stay heads of their area.
    """
    totals = {(program, key): 0 for program, keys in areas.items() for key in keys}
    if not totals:
        return totals
    regencies = {cut(split_key(key)[0], REGENCY) for _, key in totals}
    heads = RTHead.objects.current().in_areas(regencies)
    rows = (
        Enrolment.objects.active()
        .filter(program__in=list(areas), wave__cancelled_at=None, rt__in=heads.values("rt"))
        .order_by()
        .values_list("program", "head__rt__village_id", "head__rt__rw")
        .annotate(people=Count("id"))
    )
    for program, village, rw, people in rows:
        for key in (*ancestors(village), village, make_key(village, rw or NO_RW)):
            if (program, key) in totals:
                totals[program, key] += people
    return totals


def district_counts(regency_code: str) -> list[tuple[Region, int]]:
    """Each kecamatan of a kabupaten/kota with its current heads, by code. Two queries."""
    districts = Region.objects.districts().within([regency_code]).order_by("code")
    counts = head_counts([regency_code, *(district.code for district in districts)])
    return [(district, counts[district.code]) for district in districts]
