"""Create or change an office."""

from datetime import datetime

from django.db import transaction

from programs.models import Office
from programs.queries.changes import changed_labels, differences, office_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from programs.use_cases.seed_special_days import seed_special_days
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.regions.models import Region


@transaction.atomic
def save_office(
    *,
    office: Office | None,
    version: int,
    region: Region,
    name: str,
    contact_name: str,
    contact_phone: str,
    greeting: str,
    actor: User | None,
    now: datetime,
) -> Office:
    """Does: writes the office (a new one if `office` is None) and an audit line; without a difference nothing is
    written. With a new office its region gets the national holidays at once.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a second office of that name in
    the region.
    Tells: nobody. RT heads read the new name and telephone number the next time they open their link.
    """
    wishes = {"name": name, "contact_name": contact_name, "contact_phone": contact_phone, "greeting": greeting}
    if office is None:
        return _add(Office(region=region), wishes, actor, now)
    row = Office.objects.select_for_update().get(pk=office.pk)
    subject, part = f"region:{row.region_id}", f"office:{row.pk}"
    refuse_stale(row, subject, version, part)
    before = office_values(row)
    for field, value in wishes.items():
        setattr(row, field, value)
    changes = differences(before, office_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    record(
        at=now,
        actor=actor,
        action="office.changed",
        sentence=f"Mengubah kantor {name}: {changed_labels(changes)}.",
        region_code=row.region_id,
        subject=subject,
        data={part: {"version": row.version, "changes": changes}},
    )
    return row


def _add(row: Office, wishes: dict[str, str], actor: User | None, now: datetime) -> Office:
    save_or_refuse(row, **wishes)
    record(
        at=now,
        actor=actor,
        action="office.created",
        sentence=f"Menambah kantor {row.name}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
    seed_special_days(regions=[row.region_id], now=now)
    return row
