"""Every clash of waves: with halls, rooms, speakers, seats, heads and the calendar; across programmes and offices.

Other waves count where their programme lies in the wave's region, around it or inside it: those are the ones its
officials see. Of a cancelled wave nothing clashes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain

from django.db.models import Q

from participants.queries.double_heads import head_clashes
from participants.queries.wave_rows import seats_of_waves
from programs import clashes as of_programs
from programs.clash import Clash, ClashCounts, counts_of, in_order
from programs.models import SpecialDay, Wave
from programs.queries.special_days import overlapping
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib import clock
from rtportal.regions.codes import ancestors, within_q
from sessions import clashes as of_sessions
from sessions import speaker_clashes as of_speakers
from sessions.models import SessionSpeaker, TrainingSession


def clashes_of(wave: Wave) -> list[Clash]:
    """The wave's clashes, what is refused first; sentences with times in its zone.

    Needs `program.region` and `venue`. A dozen queries at most, however long the agenda and however many others.
    """
    return clashes_of_waves([wave])[wave.pk]


def clash_counts(waves: Iterable[Wave]) -> dict[int, ClashCounts]:
    """How many clashes each wave has, by its primary key; as many queries as for one."""
    return {pk: counts_of(found) for pk, found in clashes_of_waves(waves).items()}


@beyond_scope("a hall or speaker that is taken elsewhere is taken, and the sentences say no more than that")
def clashes_of_waves(waves: Iterable[Wave]) -> dict[int, list[Clash]]:
    """The same for many waves, by their primary keys; as many queries as for one."""
    asked = {wave.pk: wave for wave in waves}
    live = [wave for wave in asked.values() if not wave.is_cancelled]
    found: dict[int, list[Clash]] = {pk: [] for pk in asked}
    if not live:
        return found
    others = list(_waves_around(live))
    sessions = defaultdict(list)
    for session in TrainingSession.objects.filter(wave__in=live):
        sessions[session.wave_id].append(session)
    parts = defaultdict(list)
    speakers = defaultdict(set)
    for part in _parts_around(live, [session for some in sessions.values() for session in some]):
        parts[part.speaker_id].append(part)
        speakers[part.session.wave_id].add(part.speaker_id)
    days, almanacs = _days(live), {}
    _, seats = seats_of_waves(live)
    heads = head_clashes(live, others)
    in_hall = defaultdict(lambda: defaultdict(list))
    for other in others:
        in_hall[other.venue_id][other.program.region_id].append(other)
    for wave in live:
        agenda = sessions[wave.pk]
        regions = _calendar_regions(wave)
        if regions not in almanacs:
            almanacs[regions] = of_programs.Almanac.of(day for day in days if day.region_id in regions)
        spans = of_sessions.spans_of(agenda, wave.zone) if agenda else [of_programs.whole(wave)]
        found[wave.pk] = in_order(
            [
                *of_programs.hall_clashes(wave, _neighbours(wave, in_hall[wave.venue_id])),
                *of_programs.seat_clashes(wave, seats[wave.pk].needed),
                *of_programs.hour_clashes(wave, spans),
                *of_programs.day_clashes(wave, almanacs[regions]),
                *of_programs.prayer_clashes(wave, spans),
                *of_programs.ramadan_clashes(wave, spans, almanacs[regions]),
                *of_sessions.room_clashes(wave, agenda),
                *of_sessions.outside_clashes(wave, agenda),
                *of_speakers.speaker_clashes(wave, _parts_for(wave, parts, speakers[wave.pk])),
                *heads[wave.pk],
            ]
        )
    return found


def _neighbours(wave: Wave, by_region: dict[str, list[Wave]]) -> Iterator[Wave]:
    code = wave.program.region_id
    return chain.from_iterable(some for region, some in by_region.items() if of_programs.is_near(code, region))


def _waves_around(waves: list[Wave]):
    return (
        Wave.objects.filter(
            _near(waves, "program__region_id"),
            cancelled_at=None,
            starts_at__lt=max(wave.ends_at for wave in waves),
            ends_at__gt=min(wave.starts_at for wave in waves),
        )
        .select_related("program__region", "venue")
        .order_by("starts_at", "pk")
    )


def _parts_around(waves: list[Wave], sessions: list[TrainingSession]) -> list[SessionSpeaker]:
    """Parts of the waves' speakers, there and elsewhere, within the time their agendas span and a journey around it.

    Of offices elsewhere only those that are taken: that much must be known, because the database refuses a second one.
    """
    if not sessions:
        return []
    journey = of_speakers.LONGEST_TRAVEL
    # Asked for first, so that only their parts are read and not those of the whole country.
    speakers = SessionSpeaker.objects.filter(session__in=sessions).values_list("speaker", flat=True).distinct()
    rows = SessionSpeaker.objects.filter(
        _near(waves, "session__wave__program__region_id") | Q(booking__isnull=False),
        speaker__in=list(speakers),
        session__wave__cancelled_at=None,
    ).filter(
        # The hours published elsewhere may differ from those in the rows.
        _touching("session__", sessions, journey) | _touching("booking__", sessions, journey)
    )
    rows = rows.select_related("speaker", "booking", "session__wave__program__region", "session__wave__venue")
    return list(rows.order_by("session__starts_at", "session_id"))


def _touching(path: str, sessions: list[TrainingSession], margin: timedelta) -> Q:
    first = min(session.starts_at for session in sessions) - margin
    last = max(session.ends_at for session in sessions) + margin
    return Q(**{f"{path}starts_at__lt": last, f"{path}ends_at__gt": first})


def _parts_for(
    wave: Wave, parts: Mapping[int, list[SessionSpeaker]], speakers: Iterable[int]
) -> Iterator[SessionSpeaker]:
    """Parts of these speakers; of offices elsewhere only those that are taken."""
    for part in chain.from_iterable(parts[pk] for pk in speakers):
        if of_programs.are_neighbours(wave, part.session.wave) or getattr(part, "booking", None):
            yield part


def _near(waves: list[Wave], field: str) -> Q:
    codes = {wave.program.region_id for wave in waves}
    above = {code for region in codes for code in ancestors(region)}
    return within_q(field, sorted(codes)) | Q(**{f"{field}__in": sorted(above)})


def _days(waves: list[Wave]) -> list[SpecialDay]:
    regions = {code for wave in waves for code in _calendar_regions(wave)}
    rows = SpecialDay.objects.filter(region__in=sorted(regions), is_active=True)
    first = min(wave.local_day for wave in waves)
    last = max(clock.local_date(wave.ends_at, wave.zone) for wave in waves)
    return list(overlapping(rows, first, last))


def _calendar_regions(wave: Wave) -> frozenset[str]:
    """Days are kept for each kabupaten/kota: the one of the programme, and where the hall stands."""
    return frozenset({wave.program.region_id, wave.venue.region_id})
