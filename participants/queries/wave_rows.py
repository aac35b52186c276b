"""Waves as rows of a list: state, areas and seats."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from participants.models import Enrolment
from participants.queries.head_counts import head_counts, placed_counts
from participants.queries.wave_pages import Seats
from programs.models import Wave, WaveArea
from rtportal.accounts.row_guard import beyond_scope


@dataclass(frozen=True)
class WaveRow:
    """`state` is a word and `status` the CSS class that gives it shape and colour."""

    wave: Wave
    areas: list[WaveArea]
    seats: Seats
    state: str
    status: str


def wave_rows(waves: Iterable[Wave], now: datetime) -> list[WaveRow]:
    """Rows in the order of `waves`, which need `program`, its `region`, and `venue`. Four queries however many."""
    shown = list(waves)
    areas, seats = seats_of_waves(shown)
    return [WaveRow(wave, areas[wave.pk], seats[wave.pk], *_state(wave, now)) for wave in shown]


@beyond_scope("how full a wave is counts everybody in it, and names nobody")
def seats_of_waves(waves: Collection[Wave]) -> tuple[dict[int, list[WaveArea]], dict[int, Seats]]:
    """Areas (with `region`) and seats of each wave, by its primary key; waves need `program` and `venue`.

    Counts as `seats_of` does for one wave: invited heads once invitations are open, before that the current heads of
    the areas who are in no wave yet as well; who declined needs no seat. Four queries however many waves.
    """
    invited = {
        pk: (people, seated)
        for pk, people, seated in Enrolment.objects.filter(wave__in=[wave.pk for wave in waves])
        .order_by()
        .values_list("wave")
        .annotate(people=Count("id"), seated=Count("id", filter=~Q(answer=Enrolment.AnswerKind.DECLINED)))
    }
    areas: dict[int, list[WaveArea]] = {wave.pk: [] for wave in waves}
    for area in WaveArea.objects.filter(wave__in=areas).select_related("region"):
        areas[area.wave_id].append(area)
    waiting = [wave for wave in waves if not wave.invitations_opened_at]
    counts = head_counts({area.key for wave in waiting for area in areas[wave.pk]})
    # Who was moved here is counted as invited already, and who was moved away does not come.
    keys = defaultdict(set)
    for wave in waiting:
        keys[wave.program_id].update(area.key for area in areas[wave.pk])
    placed = placed_counts(keys)
    seats = {}
    for wave in waves:
        heads, seated = invited.get(wave.pk, (0, 0))
        coming = 0
        if not wave.invitations_opened_at:
            coming = sum(counts[area.key] - placed[wave.program_id, area.key] for area in areas[wave.pk])
        needed = (seated + coming) * wave.program.seats_per_head
        seats[wave.pk] = Seats(heads=heads + coming, needed=needed, capacity=wave.venue.capacity)
    return areas, seats


def _state(wave: Wave, now: datetime) -> tuple[str, str]:
    if wave.is_cancelled:
        return "dibatalkan", "status-bad"
    if wave.ends_at <= now:
        return "selesai", "status-off"
    if wave.starts_at <= now:
        return "berlangsung", "status-info"
    if wave.invitations_opened_at:
        return "undangan dibuka", "status-ok"
    if wave.is_draft:
        return "draf", "status-off"
    return "terbit, belum diundang", "status-wait"
