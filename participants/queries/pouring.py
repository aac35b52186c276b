"""What a cancelled wave leaves behind: its heads by kecamatan, and the waves that can take them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Substr

from participants.models import Enrolment, RTHead
from participants.moving import free_seats
from participants.queries.wave_pages import current_heads
from programs.models import Wave
from rtportal.regions.models import Region

# Length of a kecamatan's code.
DISTRICT = 8


@dataclass(frozen=True)
class DistrictHeads:
    """The heads of a kecamatan in a wave: enrolled ones, and those who still wait to be invited."""

    district: Region
    enrolled: int
    coming: int

    @property
    def heads(self) -> int:
        return self.enrolled + self.coming


@dataclass(frozen=True)
class Target:
    """A wave that can take people, with the seats that are free in it."""

    wave: Wave
    free: int


def not_invited_yet(wave: Wave) -> QuerySet[RTHead]:
    """Current heads of the wave's areas whose RT is not enrolled in it."""
    return current_heads(wave).exclude(Exists(Enrolment.objects.filter(wave=wave, rt=OuterRef("rt_id"))))


def heads_by_district(wave: Wave) -> list[DistrictHeads]:
    """Three queries."""
    enrolled = _counts(Enrolment.objects.filter(wave=wave).active(), "village_id")
    coming = _counts(not_invited_yet(wave), "rt__village_id")
    regions = Region.objects.in_bulk({*enrolled, *coming})
    return [DistrictHeads(regions[code], enrolled[code], coming[code]) for code in sorted(regions)]


def targets_for(wave: Wave, now: datetime) -> list[Target]:
    """The other waves of the programme that are published and have not begun; two queries more for each."""
    others = Wave.objects.published().filter(program=wave.program_id, starts_at__gt=now).exclude(pk=wave.pk)
    return [Target(other, free_seats(other)) for other in others.select_related("program__region", "venue")]


def _counts(rows: QuerySet, village: str) -> Counter[str]:
    grouped = rows.order_by().values_list(Substr(village, 1, DISTRICT)).annotate(Count("pk"))
    return Counter(dict(grouped))
