"""Move areas of a plan to another wave by hand."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import WavePlan
from programs.planner import evaluate
from programs.planner.problem import from_dict
from programs.queries.plan_words import slot_words
from programs.queries.plans import read_plan
from programs.use_cases._editing import refuse_stale
from programs.use_cases._planning import locked_plan, refuse_accepted
from rtportal.accounts.models import User
from rtportal.audit.record import record

MOST_NAMES = 10


@transaction.atomic
def move_areas(
    *, plan: WavePlan, version: int, areas: Sequence[str], slot: str, actor: User | None, now: datetime
) -> WavePlan:
    """Does: puts the areas (codes) into the wave at `slot` (key), reckons the figures again and writes an audit line.
    What the plan then breaks is shown on its page and keeps it from being accepted.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a plan that is accepted or not
    solved; no area, an area or slot that the plan does not have. An area already there: nothing is written.
    Tells: nobody.
    """
    row = locked_plan(plan.pk)
    refuse_accepted(row)
    refuse_stale(row, f"plan:{row.pk}", version)
    if row.state != WavePlan.State.SOLVED:
        raise Refusal("Rencana ini belum mempunyai pembagian yang dapat diubah.")
    problem = from_dict(row.problem)
    names = {area.code: area.name for area in problem.areas}
    slots = {one.key: slot_words(one) for one in problem.slots}
    if not areas or any(code not in names for code in areas):
        raise Refusal("Pilih paling sedikit satu wilayah dari rencana ini.")
    if slot not in slots:
        raise Refusal("Pilih gelombang tujuan dari daftar.")
    moved = [code for code in dict.fromkeys(areas) if row.assignment.get(code) != slot]
    if not moved:
        return row
    changes = [
        {"label": names[code], "before": slots.get(row.assignment.get(code), ""), "after": slots[slot]}
        for code in moved
    ]
    row.assignment = row.assignment | dict.fromkeys(moved, slot)
    solved = row.result["solved"]
    figures = asdict(evaluate(problem, row.assignment, known=read_plan(solved)))
    row.result = figures | {"solved": solved}
    row.version += 1
    row.save(update_fields=["assignment", "result", "version"])
    listed = ", ".join(names[code] for code in moved[:MOST_NAMES])
    others = f" dan {len(moved) - MOST_NAMES} wilayah lain" if len(moved) > MOST_NAMES else ""
    record(
        at=now,
        actor=actor,
        action="plan.moved",
        sentence=f"Memindahkan {listed}{others} ke {slots[slot]} dalam {row.name} ({row.program.name}).",
        region_code=row.program.region_id,
        subject=f"plan:{row.pk}",
        data={"version": row.version, "changes": changes},
    )
    return row
