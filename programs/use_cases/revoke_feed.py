"""Take a calendar address back."""

from datetime import datetime

from django.db import transaction

from programs.models import CalendarFeed
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, actor: User, now: datetime) -> bool:
    """Does: closes the address for good and writes an audit line; one that is closed already stays as it is (False).

    Refuses: nothing.
    Tells: nobody; calendar programs that still ask are told that there is no such calendar.
    """
    if not CalendarFeed.objects.open().filter(pk=feed.pk).update(revoked_at=now):
        return False
    record(
        at=now,
        actor=actor,
        action="feed.revoked",
        sentence=f"Mencabut alamat kalender {feed.office.name} untuk {feed.label}.",
        region_code=feed.office.region_id,
        subject=f"region:{feed.office.region_id}",
    )
    return True
