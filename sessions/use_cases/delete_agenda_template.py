"""Taking an agenda template off the list."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from sessions.models import AgendaTemplate


@transaction.atomic
def delete_agenda_template(*, template: AgendaTemplate, actor: User, now: datetime) -> None:
    """Does: deletes the template; agendas that were started from it stay. Nothing if it is gone already.
    Refuses: nothing.
    Tells: one audit line at the region.
    """
    found = AgendaTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        return
    found.delete()
    record(
        at=now,
        actor=actor,
        action="agenda_template.deleted",
        sentence=f"Menghapus templat agenda “{found.name}”.",
        region_code=found.region_id,
        subject=f"region:{found.region_id}",
    )
