"""Make a plan, or make it anew from other wishes or another roster."""

from datetime import datetime

from django.db import transaction

from programs.models import Program, WavePlan
from programs.planner.problem import as_dict
from programs.queries import plan_wishes
from programs.queries.plan_wishes import PlanWishes
from programs.use_cases._editing import refuse_stale, save_or_refuse
from programs.use_cases._planning import answer, build_problem, locked_plan, refuse_accepted
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.lib.wakeup import wake_after_commit

# With more areas a tight problem takes over a second, which a page must not wait for.
MOST_AT_ONCE = 16


def save_plan(
    *,
    program: Program,
    plan: WavePlan | None,
    version: int,
    name: str,
    wishes: PlanWishes,
    actor: User | None,
    now: datetime,
) -> WavePlan:
    """Does: counts the heads in office, divides the areas and writes the plan (a new one if `plan` is None) with an
    audit line. Up to 16 areas are divided at once, more by the worker: until then the plan is `waiting`. Changes that
    were made by hand are lost.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a plan already accepted; a name
    used twice; what `build_problem` refuses.
    Tells: the worker, about a large plan.
    """
    if plan:
        refuse_accepted(plan)
    problem = build_problem(program, wishes, now)
    is_small = len(problem.areas) <= MOST_AT_ONCE
    # Before the transaction: SQLite would let nobody else write meanwhile.
    found = answer(problem) if is_small else {"state": WavePlan.State.WAITING, "assignment": {}, "result": {}}
    with transaction.atomic():
        row = locked_plan(plan.pk) if plan else WavePlan(program=program, version=0, created_at=now, created_by=actor)
        if plan:
            refuse_accepted(row)
            refuse_stale(row, f"plan:{row.pk}", version)
        before = row.name
        save_or_refuse(
            row,
            name=name,
            wishes=plan_wishes.as_dict(wishes),
            problem=as_dict(problem),
            **found,
            lease_until=None,
            attempts=0,
            version=row.version + 1,
        )
        heads = sum(area.heads for area in problem.areas)
        words = f"{thousands(heads)} ketua RT dari {thousands(len(problem.areas))} wilayah"
        changed = {"label": "Permintaan", "before": before, "after": f"{name}: {words}, dihitung ulang"}
        record(
            at=now,
            actor=actor,
            action="plan.redone" if plan else "plan.created",
            sentence=f"{'Menghitung ulang' if plan else 'Membuat'} {name} untuk {program.name}: {words}.",
            region_code=program.region_id,
            subject=f"plan:{row.pk}",
            data={"version": row.version, "changes": [changed] if plan else []},
        )
        if not is_small:
            wake_after_commit("programs.solve_waiting_plans")
    return row
