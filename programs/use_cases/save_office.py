"""Create or change an office."""

from datetime import datetime

from django.db import transaction

from programs.models import Office
from programs.use_cases._editing import save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.regions.models import Region


@transaction.atomic
def save_office(
    *,
    office: Office | None,
    region: Region,
    name: str,
    contact_name: str,
    contact_phone: str,
    greeting: str,
    actor: User | None,
    now: datetime,
) -> Office:
    """Does: writes the office (a new one if `office` is None) and an audit line.

    Refuses: a second office of that name in the region.
    Tells: nobody. RT heads read the new name and telephone number the next time they open their link.
    """
    action = "office.changed" if office else "office.created"
    row = Office.objects.select_for_update().get(pk=office.pk) if office else Office(region=region)
    save_or_refuse(row, name=name, contact_name=contact_name, contact_phone=contact_phone, greeting=greeting)
    record(
        at=now,
        actor=actor,
        action=action,
        sentence=f"{'Mengubah' if office else 'Menambah'} kantor {name}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
    return row
