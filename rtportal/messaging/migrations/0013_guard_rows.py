import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("messaging", "0012_know_regions_finely"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="deliveryattempt",
            constraint=rtportal.lib.row_scope.RowScope(name="delivery_attempt_in_scope", through=("message",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="inboxitem",
            constraint=rtportal.lib.row_scope.RowScope(field="region_code", name="inbox_item_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="message",
            constraint=rtportal.lib.row_scope.RowScope(field="region_code", name="message_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="reply",
            constraint=rtportal.lib.row_scope.RowScope(field="region_code", name="reply_in_scope", unplaced=True),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="sendinghours",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="sending_hours_in_scope"),
        ),
    ]
