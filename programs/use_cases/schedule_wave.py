"""Schedule a wave."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from participants.queries.head_counts import head_counts
from programs import rules
from programs.models import Program, Venue, Wave, WaveArea
from programs.use_cases._editing import locked_program, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands


@transaction.atomic
def schedule_wave(
    *,
    program: Program,
    number: int,
    venue: Venue,
    starts_at: datetime,
    ends_at: datetime,
    areas: Iterable[str],
    accepted_seats: int = 0,
    is_catch_up: bool = False,
    actor: User | None,
    now: datetime,
) -> Wave:
    """Does: writes the wave for the heads of `areas` (keys: region codes, or one RW) and an audit line. A catch-up
    wave needs no area: those who were absent elsewhere come into it by hand.

    Refuses: an end before the start, a start that has passed, a venue or an area outside the programme's region, no
    area, an area that another wave of the programme has, a number already used, more seats needed than the venue has
    unless `accepted_seats` is at least the number needed.
    Tells: nobody yet; invitations are opened on their own.
    """
    owner = locked_program(program.pk)
    rules.check_times(starts_at, ends_at)
    rules.check_future(starts_at, now)
    rules.check_venue(owner, venue)
    others = WaveArea.objects.filter(program=owner).select_related("wave", "region")
    keys = list(areas)
    chosen = rules.check_areas(owner, keys, others) if keys or not is_catch_up else []
    heads = sum(head_counts([area.key for area in chosen]).values())
    wave = Wave(program=owner, is_catch_up=is_catch_up)
    save_or_refuse(
        wave,
        number=number,
        venue=venue,
        starts_at=starts_at,
        ends_at=ends_at,
        seats_acknowledged=rules.check_seats(heads * owner.seats_per_head, venue.capacity, accepted_seats),
    )
    for area in chosen:
        area.wave = wave
    WaveArea.objects.bulk_create(chosen)
    record(
        at=now,
        actor=actor,
        action="wave.scheduled",
        sentence=f"Menjadwalkan {wave.title} {owner.name}: {wave.span_words}, {venue.name}, "
        + (f"{thousands(heads)} ketua RT dari {', '.join(area.name for area in chosen)}." if chosen else "susulan."),
        region_code=owner.region_id,
        subject=wave.group,
        data={"areas": [area.key for area in chosen], "heads": heads, "seats_accepted": wave.seats_acknowledged},
    )
    return wave
