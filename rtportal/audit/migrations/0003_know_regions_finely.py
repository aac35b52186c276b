# What a region's code begins with is what every list asks for first.
from django.db import migrations

from rtportal.lib.column_statistics import know_finely


def know_regions(apps, schema_editor):
    know_finely(schema_editor, "audit_auditevent", "region_code")


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_seal_the_history_in_a_chain")]

    operations = [migrations.RunPython(know_regions, migrations.RunPython.noop, elidable=False)]
