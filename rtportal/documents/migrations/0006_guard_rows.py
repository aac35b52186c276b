import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("documents", "0005_know_regions_finely"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="exportpreset",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="export_preset_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="generatedfile",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_code", name="generated_file_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="signedpaper",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_code", name="signed_paper_in_scope"),
        ),
    ]
