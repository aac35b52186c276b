"""Which programmes are still open: nothing that they need is destroyed."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from programs.models import Program, Wave
from rtportal.regions.codes import ancestors, within_q


def open_programs(now: datetime) -> QuerySet[Program]:
    """Those with a wave that has not ended, and those that have none yet."""
    waves = Wave.objects.filter(program=OuterRef("pk"))
    return Program.objects.filter(Exists(waves.filter(ends_at__gt=now, cancelled_at=None)) | ~Exists(waves))


def open_groups(region_code: str, now: datetime) -> list[str]:
    """Groups of messages (`wave:12`) of open programmes that touch the region; one query."""
    here = within_q("region_id", [region_code]) | Q(region_id__in=ancestors(region_code))
    waves = Wave.objects.filter(program__in=open_programs(now).filter(here))
    return [f"wave:{pk}" for pk in waves.values_list("pk", flat=True)]
