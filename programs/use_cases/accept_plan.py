"""Accept a plan: its waves are made."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from participants.queries.plan_areas import plan_areas
from programs import rules
from programs.errors import Refusal, RosterChanged
from programs.models import Program, Venue, Wave, WavePlan
from programs.plan_checker import check
from programs.planner import Problem
from programs.planner.problem import from_dict
from programs.queries import plan_wishes
from programs.queries.free_slots import free_slots, span_of
from programs.queries.plan_wishes import PlanWishes
from programs.queries.plans import PlanArea, first_number, overtaken, read_plan, roster_changes
from programs.use_cases._editing import locked_program, refuse_stale
from programs.use_cases._planning import locked_plan, refuse_accepted
from programs.use_cases.schedule_wave import schedule_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.regions.area_keys import above, is_inside


@transaction.atomic
def accept_plan(*, plan: WavePlan, version: int, actor: User | None, now: datetime) -> list[Wave]:
    """Does: schedules every wave of the plan as a draft, numbered on from the programme's, all or none, each with the
    audit line of `schedule_wave`, and one for the plan. Where a wave has every part of a region, it gets the region.
    Refuses: a plan changed by somebody else meanwhile (StaleEdit), one already accepted or not solved; a division that
    the checker objects to; a roster that has changed since (RosterChanged); an area that a wave has, a hall taken or a
    day past since the plan was made.
    Tells: nobody; drafts are published and invited to on their own.
    """
    # The programme first, as schedule_wave takes it: of two who accept at once the second sees the first one's waves.
    program = locked_program(plan.program_id)
    row = locked_plan(plan.pk)
    refuse_accepted(row)
    refuse_stale(row, f"plan:{row.pk}", version)
    if row.state != WavePlan.State.SOLVED:
        raise Refusal("Rencana ini belum mempunyai pembagian yang dapat diterima.")
    problem, wishes = from_dict(row.problem), plan_wishes.from_dict(row.wishes)
    parts = _parts(_refuse_outdated(row, problem, wishes, program, now))
    slots = {slot.key: slot for slot in problem.slots}
    venues = Venue.objects.in_bulk({slot.venue for slot in problem.slots})
    made = []
    for number, wave in enumerate(read_plan(row.result).waves, start=first_number(program)):
        slot = slots[wave.slot_key]
        starts_at, ends_at = span_of(program.region, wishes, slot)
        made.append(
            schedule_wave(
                program=program,
                number=number,
                venue=venues[slot.venue],
                starts_at=starts_at,
                ends_at=ends_at,
                areas=_merged(wave.areas, parts),
                actor=actor,
                now=now,
            )
        )
    row.accepted_at = now
    row.version += 1
    # The page of the plan goes on showing the numbers that its waves got.
    row.result = row.result | {"first_number": made[0].number}
    row.save(update_fields=["accepted_at", "version", "result"])
    heads = sum(area.heads for area in problem.areas)
    record(
        at=now,
        actor=actor,
        action="plan.accepted",
        sentence=f"Menerima {row.name} ({program.name}): {len(made)} gelombang untuk {thousands(heads)} ketua RT "
        "dibuat sebagai draf.",
        region_code=program.region_id,
        subject=f"plan:{row.pk}",
        data={"version": row.version, "waves": [wave.pk for wave in made]},
    )
    return made


def _refuse_outdated(
    row: WavePlan, problem: Problem, wishes: PlanWishes, program: Program, now: datetime
) -> list[PlanArea]:
    """Refuse what broke a rule or is no longer so; returns the areas as they are now."""
    if broken := check(problem, row.assignment):
        raise Refusal(" ".join(violation.sentence for violation in broken[:5]))
    for slot in problem.slots:
        if slot.key in row.assignment.values():
            rules.check_future(span_of(program.region, wishes, slot)[0], now)
    live, (free, _) = plan_areas(program, wishes), free_slots(program, wishes)
    if gone := overtaken(row, live, free):
        raise Refusal(f"Sebagian rencana ini sudah tidak berlaku: {' '.join(gone[:5])} Tekan “Hitung ulang”.")
    if changes := roster_changes(problem, live):
        raise RosterChanged(changes)
    return live


def _parts(live: list[PlanArea]) -> dict[str, set[str]]:
    """Each region that was divided with the areas in it, the smallest first."""
    found: dict[str, set[str]] = {}
    for code in (one.area.code for one in live):
        # The programme's whole region is never one area.
        for upper in above(code)[2:]:
            found.setdefault(upper, set()).add(code)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _merged(codes: Iterable[str], parts: dict[str, set[str]]) -> list[str]:
    """The codes, a region in place of all its parts: a village founded later then belongs to its kecamatan's wave."""
    mine = left = set(codes)
    for region, inside in parts.items():
        if inside <= mine:
            left = {code for code in left if not is_inside(code, region)} | {region}
    return sorted(left)
