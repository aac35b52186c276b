"""What the pages about personal data list: requests, destructions, incidents with their changes."""

from datetime import timedelta

from participants.models import DataRequest, RTHead
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.privacy.models import Incident, IncidentChange, PurgeRecord
from tests import factories
from tests.load.list_seed import OFFICIAL


def grow_privacy(rows: int) -> None:
    """Add what is missing until there are `rows` rows of each kind; `list_seed.grow` comes first."""
    by, now = User.objects.get(email=OFFICIAL), clock.now()
    new = range(Incident.objects.count(), rows)
    heads = RTHead.objects.filter(data_requests=None).select_related("rt").order_by("pk")[: len(new)]
    DataRequest.objects.bulk_create(
        DataRequest(
            head=head,
            region_id=head.rt.village_id,
            kind="copy",
            came_by="letter",
            requested_at=now,
            due_at=now + DataRequest.TIME_TO_DECIDE,
            recorded_by=by,
        )
        for head in heads
    )
    PurgeRecord.objects.bulk_create(
        PurgeRecord(
            region_id=factories.TABALONG,
            retention_class="pesan",
            number=n + 1,
            started_at=now,
            until=now,
            months=12,
            criteria="12 bulan",
            counts={"Pesan": 1},
            total=1,
            checksum="0" * 64,
            actor=by,
        )
        for n in new
    )
    Incident.objects.bulk_create(
        Incident(
            region_id=factories.TABALONG,
            title=f"Insiden {n}",
            discovered_at=now,
            due_at=now + timedelta(hours=72),
            data_kinds="nama",
            happened="Tertinggal.",
            whose="ketua RT",
            people_count=1,
            contact="Ibu Nor",
            recorded_at=now,
            recorded_by=by,
        )
        for n in new
    )
    first = Incident.objects.earliest("pk")
    IncidentChange.objects.bulk_create(
        IncidentChange(region_id=factories.TABALONG, incident=first, at=now, actor=by, sentence="Diperbarui.")
        for _ in new
    )
