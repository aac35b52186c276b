"""Delete a plan."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import WavePlan
from programs.use_cases._planning import locked_plan
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def delete_plan(*, plan: WavePlan, actor: User | None, now: datetime) -> None:
    """Does: deletes the plan and writes an audit line. Waves are not touched.
    Refuses: an accepted plan, which says where its waves came from.
    Tells: nobody.
    """
    row = locked_plan(plan.pk)
    if row.accepted_at:
        raise Refusal("Rencana yang sudah diterima disimpan sebagai riwayat dan tidak dapat dihapus.")
    record(
        at=now,
        actor=actor,
        action="plan.deleted",
        sentence=f"Menghapus {row.name} ({row.program.name}).",
        region_code=row.program.region_id,
        subject=f"plan:{row.pk}",
    )
    row.delete()
