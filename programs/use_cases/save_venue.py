"""Create or change a venue."""

from datetime import datetime

from django.db import transaction

from programs.models import Venue
from programs.use_cases._editing import save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.regions.models import Region


@transaction.atomic
def save_venue(
    *,
    venue: Venue | None,
    region: Region,
    name: str,
    address: str,
    capacity: int,
    actor: User | None,
    now: datetime,
) -> Venue:
    """Does: writes the venue (a new one if `venue` is None) and an audit line. `capacity` is in seats.

    Refuses: a second venue of that name in the region, a capacity below 1.
    Tells: nobody; who made waves there smaller than they need is shown on their pages.
    """
    action = "venue.changed" if venue else "venue.created"
    row = Venue.objects.select_for_update().get(pk=venue.pk) if venue else Venue(region=region)
    save_or_refuse(row, name=name, address=address, capacity=capacity)
    record(
        at=now,
        actor=actor,
        action=action,
        sentence=f"{'Mengubah' if venue else 'Menambah'} tempat {name} ({thousands(capacity)} kursi).",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
    return row
