from django.db import migrations
from django.db.models import Count, F, OuterRef, Subquery


def fill_rt(apps, schema_editor):
    """The RT of every enrolment; of several seats of one RT only the newest of the present head keeps it."""
    Enrolment = apps.get_model("participants", "Enrolment")
    RTHead = apps.get_model("participants", "RTHead")
    active = Enrolment.objects.filter(superseded_at=None)
    twice = active.order_by().values("program", "head__rt").annotate(seats=Count("pk")).filter(seats__gt=1)
    beside = []
    for row in twice:
        seats = active.filter(program=row["program"], head__rt=row["head__rt"])
        beside += seats.order_by("-head__is_current", "-pk").values_list("pk", flat=True)[1:]
    unit = RTHead.objects.filter(pk=OuterRef("head_id")).values("rt_id")[:1]
    Enrolment.objects.exclude(pk__in=beside).update(rt_id=Subquery(unit))


def write_events(apps, schema_editor):
    """What officials marked before there was a door, as the events it would be now."""
    Attendance = apps.get_model("participants", "Attendance")
    AttendanceEvent = apps.get_model("participants", "AttendanceEvent")
    batch = []
    for row in Attendance.objects.annotate(wave_id=F("session__wave_id")).iterator(chunk_size=2000):
        batch.append(
            AttendanceEvent(
                kind="in",
                source="list",
                wave_id=row.wave_id,
                session_id=row.session_id,
                enrolment_id=row.enrolment_id,
                actor_id=row.marked_by_id,
                at=row.marked_at,
                received_at=row.marked_at,
            )
        )
        if len(batch) == 2000:
            AttendanceEvent.objects.bulk_create(batch)
            batch = []
    AttendanceEvent.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("participants", "0008_record_the_door")]

    operations = [
        migrations.RunPython(fill_rt, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(write_events, migrations.RunPython.noop, elidable=True),
    ]
