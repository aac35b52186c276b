import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("audit", "0003_know_regions_finely"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="auditevent",
            constraint=rtportal.lib.row_scope.RowScope(
                above=True, field="region_code", name="audit_event_in_scope", unplaced=True
            ),
        ),
    ]
