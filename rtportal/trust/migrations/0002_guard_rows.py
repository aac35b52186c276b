import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("regions", "0001_initial"),
        ("trust", "0001_invite_officials"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="officialinvitation",
            constraint=rtportal.lib.row_scope.RowScope(field="region_id", name="official_invitation_in_scope"),
        ),
    ]
