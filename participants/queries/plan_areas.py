"""The areas that can be divided into waves, with the heads who are in office now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from participants.models import RTHead
from programs.models import Program, WaveArea
from programs.planner import Area
from programs.queries.plan_wishes import DISTRICT, RW, PlanWishes
from programs.queries.plans import PlanArea
from rtportal.regions.area_keys import NO_RW, above, area_full_name, area_name, make_key
from rtportal.regions.models import Region


@dataclass(frozen=True)
class Place:
    """What a rule may name: `label` is unique (`Desa Muang (Jaro)`), `name` need not be (`Muang`)."""

    key: str
    label: str
    name: str


def plan_areas(program: Program, wishes: PlanWishes) -> list[PlanArea]:
    """What is kept whole, by code, those that a wave has already among them. Three queries.

    Of a kelurahan/desa in which nobody has an RW, the whole is the smallest part.
    """
    units = _Units(program)
    found: list[tuple[str, str, int, str, Region]] = []
    for district, villages in units.districts:
        if wishes.districts and district.code not in wishes.districts:
            continue
        if wishes.level == DISTRICT and district.code not in wishes.split:
            heads = sum(units.heads_of(village) for village in villages)
            found.append((district.code, district.name, heads, "", district))
            continue
        for village in villages:
            rws = units.rws_of(village) if wishes.level == RW or village.code in wishes.split else []
            for rw in rws:
                heads = units.heads[village.code, "" if rw == NO_RW else rw]
                found.append((make_key(village.code, rw), area_name(village, rw), heads, village.code, village))
            if not rws:
                found.append((village.code, village.name, units.heads_of(village), district.code, village))
    names = Counter(name for _, name, *_ in found)
    taken = _Taken(program)
    return [
        PlanArea(
            Area(
                code=key,
                name=name if names[name] == 1 else f"{name} ({units.names.get(parent, place.code)})",
                seats=heads * program.seats_per_head,
                heads=heads,
                parent=parent,
                latitude=place.latitude if place.longitude is not None else None,
                longitude=place.longitude if place.latitude is not None else None,
            ),
            taken.words(key),
        )
        for key, name, heads, parent, place in found
    ]


def divisible(program: Program, codes: Iterable[str]) -> frozenset[str]:
    """Those of the areas that the roster knows smaller parts of. Two queries."""
    units = _Units(program)
    villages = {district.code: inside for district, inside in units.districts}
    inner = {village.code for inside in villages.values() for village in inside if units.rws_of(village)}
    return frozenset(code for code in codes if villages.get(code) or code in inner)


def places_of(program: Program) -> list[Place]:
    """Every kecamatan, kelurahan/desa and RW of the programme's region. Two queries."""
    units = _Units(program)
    districts = [Place(district.code, district.full_name, district.name) for district, _ in units.districts]
    smaller = [
        Place(
            make_key(village.code, rw),
            f"{area_full_name(village, rw)} ({district.name})",
            area_name(village, rw),
        )
        for district, villages in units.districts
        for village in villages
        for rw in ["", *units.rws_of(village)]
    ]
    return districts + smaller


class _Units:
    """Kecamatan with their villages, and current heads by village and RW."""

    def __init__(self, program: Program):
        regions = list(Region.objects.within([program.region_id]).order_by("code"))
        self.names = {region.code: region.name for region in regions}
        villages: dict[str, list[Region]] = {}
        for region in regions:
            if region.level == Region.Level.VILLAGE:
                villages.setdefault(region.parent_id, []).append(region)
        self.districts = [
            (region, villages.get(region.code, [])) for region in regions if region.level == Region.Level.DISTRICT
        ]
        rows = (
            RTHead.objects.current()
            .in_areas([program.region_id])
            .order_by()
            .values_list("rt__village_id", "rt__rw")
            .annotate(people=Count("id"))
        )
        self.heads: Counter[tuple[str, str]] = Counter({(village, rw): people for village, rw, people in rows})
        self._rws: dict[str, set[str]] = {}
        for village, rw in self.heads:
            self._rws.setdefault(village, set()).add(rw)

    def rws_of(self, village: Region) -> list[str]:
        """RW numbers, and `-` for heads without one; none where nobody has an RW."""
        found = self._rws.get(village.code, set())
        if not found - {""}:
            return []
        return sorted(rw or NO_RW for rw in found)

    def heads_of(self, village: Region) -> int:
        return sum(self.heads[village.code, rw] for rw in self._rws.get(village.code, ()))


class _Taken:
    def __init__(self, program: Program):
        areas = list(WaveArea.objects.filter(program=program).select_related("wave"))
        self._whole = {area.key: area.wave.title for area in areas}
        self._parts = {upper: area.wave.title for area in areas for upper in above(area.key)}

    def words(self, key: str) -> str:
        for one in (key, *above(key)):
            if one in self._whole:
                return f"sudah di {self._whole[one]}"
        return f"sebagian di {self._parts[key]}" if key in self._parts else ""
