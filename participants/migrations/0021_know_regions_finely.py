# What a region's code begins with is what every list asks for first.
from django.db import migrations

from rtportal.lib.column_statistics import know_finely


def know_regions(apps, schema_editor):
    know_finely(schema_editor, "participants_rt", "village_id")
    know_finely(schema_editor, "participants_enrolment", "village_id")


class Migration(migrations.Migration):

    dependencies = [("participants", "0020_find_rows_in_a_whole_country")]

    operations = [migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False)]
