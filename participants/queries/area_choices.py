"""The areas that a wave can be given, with their heads and the wave that has them already."""

from dataclasses import dataclass

from participants.queries.head_counts import district_counts, head_counts
from programs.models import Program, Wave, WaveArea
from rtportal.regions.codes import is_within
from rtportal.regions.models import Region


@dataclass(frozen=True)
class AreaChoice:
    """One line of the tree. `taken` says which other wave of the programme has it, empty while it is free."""

    region: Region
    heads: int
    taken: str

    @property
    def search(self) -> str:
        """What typing in the search field is compared with."""
        return self.region.name.lower()


def area_choices(program: Program, wave: Wave | None = None) -> list[AreaChoice]:
    """Each kecamatan of the programme's region by code; areas of another level that `wave` has come first.

    Four queries at most.
    """
    areas = list(WaveArea.objects.filter(program=program).select_related("region", "wave").order_by("region_id"))
    others = [area for area in areas if wave is None or area.wave_id != wave.pk]
    counted = district_counts(program.region_id)
    known = {region.code for region, _ in counted}
    own = [area.region for area in areas if area not in others and area.region_id not in known]
    extra = head_counts([region.code for region in own])
    rows = [(region, extra[region.code]) for region in own] + counted
    return [AreaChoice(region, heads, _taken(region.code, others)) for region, heads in rows]


def _taken(code: str, others: list[WaveArea]) -> str:
    for other in others:
        if is_within(code, other.region_id):
            return f"sudah di {other.wave.title}"
        if is_within(other.region_id, code):
            return f"sebagian di {other.wave.title}"
    return ""
