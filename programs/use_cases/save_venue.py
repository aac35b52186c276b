"""Create or change a venue."""

from datetime import datetime, time
from typing import Any

from django.db import transaction

from participants.moving import PROMOTION_TASK
from programs.models import Venue
from programs.queries.changes import changed_words, differences, venue_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.lib.wakeup import wake_after_commit
from rtportal.regions.models import Region


@transaction.atomic
def save_venue(
    *,
    venue: Venue | None,
    version: int,
    region: Region,
    name: str,
    address: str,
    capacity: int,
    opens_at: time | None = None,
    closes_at: time | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    actor: User | None,
    now: datetime,
) -> Venue:
    """Does: writes the venue (a new one if `venue` is None) and an audit line; without a difference nothing is
    written. `capacity` is in seats, hours are local, coordinates in degrees.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a second venue of that name in
    the region, a capacity below 1, one hour or one coordinate without the other, closing before opening.
    Tells: nobody; who made waves there smaller than they need is shown on their pages.
    """
    wishes = {
        "name": name,
        "address": address,
        "capacity": capacity,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "latitude": latitude,
        "longitude": longitude,
    }
    if venue is None:
        return _add(Venue(region=region), wishes, actor, now)
    row = Venue.objects.select_for_update().get(pk=venue.pk)
    subject, part = f"region:{row.region_id}", f"venue:{row.pk}"
    refuse_stale(row, subject, version, part)
    before = venue_values(row)
    save_or_refuse(row, **wishes)
    changes = differences(before, venue_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    # A larger hall may have a seat for somebody who waits.
    wake_after_commit(PROMOTION_TASK)
    record(
        at=now,
        actor=actor,
        action="venue.changed",
        sentence=f"Mengubah tempat {name}: {changed_words(changes)}",
        region_code=row.region_id,
        subject=subject,
        data={part: {"version": row.version, "changes": changes}},
    )
    return row


def _add(row: Venue, wishes: dict[str, Any], actor: User | None, now: datetime) -> Venue:
    save_or_refuse(row, **wishes)
    record(
        at=now,
        actor=actor,
        action="venue.created",
        sentence=f"Menambah tempat {row.name} ({thousands(row.capacity)} kursi).",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
    return row
