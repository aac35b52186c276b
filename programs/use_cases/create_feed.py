"""Give an office a secret calendar address."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from programs.errors import Refusal
from programs.links import feed_hash
from programs.models import CalendarFeed, Office
from rtportal.accounts.models import User
from rtportal.audit.record import record

# More are a sign that somebody makes one for each reader instead of for each purpose.
MOST_FEEDS = 20


@transaction.atomic
def create_feed(*, office: Office, label: str, actor: User, now: datetime) -> CalendarFeed:
    """Does: writes the address (only its hash) and an audit line. `label` says who reads it.

    Refuses: more than 20 addresses that are not revoked.
    Tells: nobody; who gets the address reads the office's published waves until it is revoked.
    """
    # The office's row is held, so that two at once cannot both be the twentieth.
    row = Office.objects.select_for_update().get(pk=office.pk)
    if row.feeds.open().count() >= MOST_FEEDS:
        raise Refusal(f"Satu kantor paling banyak mempunyai {MOST_FEEDS} alamat kalender. Cabut dahulu yang lama.")
    link_id = uuid4()
    feed = CalendarFeed.objects.create(
        office=row, label=label, link_id=link_id, link_hash=feed_hash(link_id), created_at=now, created_by=actor
    )
    record(
        at=now,
        actor=actor,
        action="feed.created",
        sentence=f"Membuat alamat kalender {row.name} untuk {label}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
    )
    return feed
