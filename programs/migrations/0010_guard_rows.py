import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("programs", "0009_let_offices_sign_papers"),
        ("regions", "0001_initial"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="calendarfeed",
            constraint=rtportal.lib.row_scope.RowScope(name="calendar_feed_in_scope", through=("office",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="committeemember",
            constraint=rtportal.lib.row_scope.RowScope(name="committee_member_in_scope", through=("program",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="hallbooking",
            constraint=rtportal.lib.row_scope.RowScope(name="hall_booking_in_scope", through=("venue",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="office",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="office_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="papersettings",
            constraint=rtportal.lib.row_scope.RowScope(name="paper_settings_in_scope", through=("program",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="program",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="program_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="reminderrule",
            constraint=rtportal.lib.row_scope.RowScope(name="reminder_rule_in_scope", through=("program",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="signatory",
            constraint=rtportal.lib.row_scope.RowScope(name="signatory_in_scope", through=("office",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="specialday",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="special_day_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="venue",
            constraint=rtportal.lib.row_scope.RowScope(
                above=True, field="region_id", used_by="waves", name="venue_in_scope"
            ),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="wave",
            constraint=rtportal.lib.row_scope.RowScope(name="wave_in_scope", through=("program",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="wavearea",
            constraint=rtportal.lib.row_scope.RowScope(name="wave_area_in_scope", through=("program",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="waveplan",
            constraint=rtportal.lib.row_scope.RowScope(name="wave_plan_in_scope", through=("program",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="wavepublication",
            constraint=rtportal.lib.row_scope.RowScope(name="wave_publication_in_scope", through=("wave",)),
        ),
    ]
