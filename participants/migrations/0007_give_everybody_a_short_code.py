"""Those who were invited before there were short codes get one: their letters may still be printed."""

from django.db import migrations

from rtportal.lib.short_codes import make_code

_CHUNK = 500


def give_codes(apps, schema_editor):
    Enrolment = apps.get_model("participants", "Enrolment")
    rows = Enrolment.objects.using(schema_editor.connection.alias)
    taken = set(rows.exclude(short_code=None).values_list("short_code", flat=True))
    last = 0
    while batch := list(rows.filter(short_code=None, pk__gt=last).order_by("pk").only("pk")[:_CHUNK]):
        for row in batch:
            code = make_code()
            while code in taken:
                code = make_code()
            taken.add(code)
            row.short_code = code
        rows.bulk_update(batch, ["short_code"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("participants", "0006_take_answers_by_reply")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True)]
