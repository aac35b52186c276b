"""Whoever left office before there was a day for it gets the latest on which that can have been.

The history tells by region of each replacement and each roster, not by person: the newest one that touches the RT
counts, so nobody's data go too early. Where it tells nothing, today counts.
"""

from collections import defaultdict
from datetime import date, timedelta, timezone

from django.db import migrations
from django.db.models import Max

LEFT_BY = ("head.replaced", "roster.applied", "roster.undone")
# The zone in which it is a new day first (WIT).
EASTERNMOST = timezone(timedelta(hours=9))
AT_ONCE = 900


def date_former_heads(apps, schema_editor):
    heads = apps.get_model("participants", "RTHead").objects
    undated = list(heads.filter(is_current=False, left_office_on=None).values_list("pk", "rt__village_id"))
    if not undated:
        return
    lines = apps.get_model("audit", "AuditEvent").objects.filter(action__in=LEFT_BY).order_by()
    newest = dict(lines.values_list("region_code").annotate(Max("at")))
    passed = apps.get_model("participants", "EnrolmentSuccession").objects.order_by()
    given = dict(passed.values_list("from_head").annotate(Max("at")))
    today = date.today()
    by_day = defaultdict(list)
    for pk, village in undated:
        parts = village.split(".")
        around = (newest.get(".".join(parts[:length])) for length in range(1, len(parts) + 1))
        known = [at for at in (*around, given.get(pk)) if at]
        by_day[max(known).astimezone(EASTERNMOST).date() if known else today].append(pk)
    for day, keys in by_day.items():
        for start in range(0, len(keys), AT_ONCE):
            heads.filter(pk__in=keys[start : start + AT_ONCE]).update(left_office_on=day)


class Migration(migrations.Migration):
    dependencies = [("participants", "0025_say_when_heads_left_office"), ("audit", "0004_guard_rows")]
    operations = [migrations.RunPython(date_former_heads, migrations.RunPython.noop, elidable=True)]
