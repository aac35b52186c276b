"""Copy a plan, to change it beside the first."""

from datetime import datetime

from django.db import transaction

from programs.models import WavePlan
from programs.use_cases._editing import save_or_refuse
from programs.use_cases._planning import locked_plan
from rtportal.accounts.models import User
from rtportal.audit.record import record

LONGEST_NAME = 120


@transaction.atomic
def copy_plan(*, plan: WavePlan, actor: User | None, now: datetime) -> WavePlan:
    """Does: writes a second plan with the same wishes and the same division, not accepted, and an audit line.
    Refuses: nothing; a name already used gets a number.
    Tells: nobody. A plan that still waits for the worker is waited for twice.
    """
    first = locked_plan(plan.pk)
    copied = ("program", "wishes", "problem", "assignment", "result", "state")
    row = WavePlan(**{name: getattr(first, name) for name in copied}, created_at=now, created_by=actor)
    row.result = {name: value for name, value in first.result.items() if name != "first_number"}
    save_or_refuse(row, name=_free_name(first))
    record(
        at=now,
        actor=actor,
        action="plan.copied",
        sentence=f"Menyalin {first.name} menjadi {row.name} ({row.program.name}).",
        region_code=row.program.region_id,
        subject=f"plan:{row.pk}",
        data={"version": row.version, "copy_of": first.pk},
    )
    return row


def _free_name(plan: WavePlan) -> str:
    used = set(WavePlan.objects.filter(program=plan.program).values_list("name", flat=True))
    number, name = 1, f"Salinan {plan.name}"[:LONGEST_NAME]
    while name in used:
        number += 1
        name = f"Salinan {number} {plan.name}"[:LONGEST_NAME]
    return name
