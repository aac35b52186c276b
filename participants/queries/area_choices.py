"""The areas that a wave can be given, with their heads and the wave that has them already."""

from dataclasses import dataclass

from participants.queries.head_counts import district_counts, head_counts
from programs.models import Program, Wave, WaveArea
from rtportal.regions.area_keys import area_full_name, is_inside, make_key
from rtportal.regions.models import Region


@dataclass(frozen=True)
class AreaChoice:
    """One line of the tree. `taken` says which other wave of the programme has it, empty while it is free."""

    region: Region
    heads: int
    taken: str
    rw: str = ""

    @property
    def key(self) -> str:
        return make_key(self.region.code, self.rw)

    @property
    def name(self) -> str:
        """`Jaro` for a kecamatan, `RW 003 Kelurahan Pembataan` for what is not one."""
        is_district = self.region.level == Region.Level.DISTRICT
        return self.region.name if is_district else area_full_name(self.region, self.rw)

    @property
    def search(self) -> str:
        """What typing in the search field is compared with."""
        return self.name.lower()


def area_choices(program: Program, wave: Wave | None = None) -> list[AreaChoice]:
    """Each kecamatan of the programme's region by code; areas of another level that `wave` has come first.

    Four queries at most.
    """
    areas = list(WaveArea.objects.filter(program=program).select_related("region", "wave"))
    others = [area for area in areas if wave is None or area.wave_id != wave.pk]
    counted = district_counts(program.region_id)
    known = {region.code for region, _ in counted}
    own = [area for area in areas if area not in others and area.key not in known]
    extra = head_counts([area.key for area in own])
    rows = [(area.region, extra[area.key], area.rw) for area in own]
    rows += [(region, heads, "") for region, heads in counted]
    return [AreaChoice(region, heads, _taken(make_key(region.code, rw), others), rw) for region, heads, rw in rows]


def _taken(key: str, others: list[WaveArea]) -> str:
    for other in others:
        if is_inside(key, other.key):
            return f"sudah di {other.wave.title}"
        if is_inside(other.key, key):
            return f"sebagian di {other.wave.title}"
    return ""
