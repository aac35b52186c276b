"""What participants tell about the work of the portal as a whole, without a word about anybody."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count

from participants.models import Answer, AttendanceEvent, RosterImport
from rtportal.operations.figures import Figure


def imports_waiting() -> tuple[int, str]:
    """How many rosters wait for the worker. One query."""
    return RosterImport.objects.filter(state__in=RosterImport.WAITING).count(), "berkas daftar ketua RT"


def participants_figures(now: datetime) -> Iterator[Figure]:
    """Answers by what was answered, records of attendance by where they were made, imports by state. Three queries."""
    for row in Answer.objects.order_by().values("kind", "channel").annotate(count=Count("pk")):
        labels = {"kind": row["kind"], "channel": row["channel"]}
        yield Figure("rtportal_answers", "Answers recorded, by answer and the way they came.", row["count"], labels)
    for row in AttendanceEvent.objects.order_by().values("source", "kind").annotate(count=Count("pk")):
        labels = {"source": row["source"], "kind": row["kind"]}
        yield Figure("rtportal_attendance_events", "Scans and other records of attendance.", row["count"], labels)
    for row in RosterImport.objects.order_by().values("state").annotate(count=Count("pk")):
        yield Figure("rtportal_roster_imports", "Uploaded rosters by state.", row["count"], {"state": row["state"]})
