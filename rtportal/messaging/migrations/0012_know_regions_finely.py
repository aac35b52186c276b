# What a region's code begins with is what every list asks for first.
from django.db import migrations

from rtportal.lib.column_statistics import know_finely


def know_regions(apps, schema_editor):
    know_finely(schema_editor, "messaging_message", "region_code")


class Migration(migrations.Migration):

    dependencies = [("messaging", "0011_find_rows_in_a_whole_country")]

    operations = [migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False)]
