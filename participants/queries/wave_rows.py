"""Waves as rows of a list: state, areas and seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from participants.models import Enrolment
from participants.queries.head_counts import head_counts
from participants.queries.wave_pages import Seats
from programs.models import Wave, WaveArea


@dataclass(frozen=True)
class WaveRow:
    """`state` is a word and `status` the CSS class that gives it shape and colour."""

    wave: Wave
    areas: list[WaveArea]
    seats: Seats
    state: str
    status: str


def wave_rows(waves: Iterable[Wave], now: datetime) -> list[WaveRow]:
    """Rows in the order of `waves`, which need `program`, its `region`, and `venue`.

    Counts as `seats_of` does for one wave: invited heads once invitations are open, before that the current heads of
    the areas. Three queries however many waves.
    """
    shown = list(waves)
    invited = dict(
        Enrolment.objects.filter(wave__in=[wave.pk for wave in shown])
        .order_by()
        .values_list("wave")
        .annotate(people=Count("id"))
    )
    areas: dict[int, list[WaveArea]] = {wave.pk: [] for wave in shown}
    for area in WaveArea.objects.filter(wave__in=areas).select_related("region"):
        areas[area.wave_id].append(area)
    waiting = [wave.pk for wave in shown if not wave.invitations_opened_at]
    counts = head_counts({area.key for pk in waiting for area in areas[pk]})
    return [_row(wave, areas[wave.pk], invited.get(wave.pk, 0), counts, now) for wave in shown]


def _row(wave: Wave, areas: list[WaveArea], invited: int, counts: dict[str, int], now: datetime) -> WaveRow:
    heads = invited if wave.invitations_opened_at else sum(counts[area.key] for area in areas)
    seats = Seats(heads=heads, needed=heads * wave.program.seats_per_head, capacity=wave.venue.capacity)
    state, status = _state(wave, now)
    return WaveRow(wave, areas, seats, state, status)


def _state(wave: Wave, now: datetime) -> tuple[str, str]:
    if wave.ends_at <= now:
        return "selesai", "status-off"
    if wave.starts_at <= now:
        return "berlangsung", "status-info"
    if wave.invitations_opened_at:
        return "undangan dibuka", "status-ok"
    return "belum diundang", "status-wait"
