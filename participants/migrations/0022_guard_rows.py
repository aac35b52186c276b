import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("participants", "0021_know_regions_finely"),
        ("programs", "0009_let_offices_sign_papers"),
        ("regions", "0001_initial"),
        ("training_sessions", "0007_pay_speakers"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="datarequest",
            constraint=rtportal.lib.row_scope.RowScope(field="region_id", name="data_request_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="answer",
            constraint=rtportal.lib.row_scope.RowScope(name="answer_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="attendance",
            constraint=rtportal.lib.row_scope.RowScope(name="attendance_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="attendanceevent",
            constraint=rtportal.lib.row_scope.RowScope(name="attendance_event_in_scope", through=("wave", "enrolment")),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="certificate",
            constraint=rtportal.lib.row_scope.RowScope(name="certificate_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="columnmapping",
            constraint=rtportal.lib.row_scope.RowScope(field="region_id", name="column_mapping_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="datacorrection",
            constraint=rtportal.lib.row_scope.RowScope(field="village_id", name="data_correction_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="doordevice",
            constraint=rtportal.lib.row_scope.RowScope(name="door_device_in_scope", through=("wave",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="enrolment",
            constraint=rtportal.lib.row_scope.RowScope(field="village_id", name="enrolment_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="enrolmentmove",
            constraint=rtportal.lib.row_scope.RowScope(name="enrolment_move_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="enrolmentsuccession",
            constraint=rtportal.lib.row_scope.RowScope(name="enrolment_succession_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="paperline",
            constraint=rtportal.lib.row_scope.RowScope(name="paper_line_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="papersheet",
            constraint=rtportal.lib.row_scope.RowScope(name="paper_sheet_in_scope", through=("session",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="payment",
            constraint=rtportal.lib.row_scope.RowScope(name="payment_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="reminder",
            constraint=rtportal.lib.row_scope.RowScope(name="reminder_in_scope", through=("wave",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="retiredpass",
            constraint=rtportal.lib.row_scope.RowScope(name="retired_pass_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="rosterimport",
            constraint=rtportal.lib.row_scope.RowScope(field="region_id", name="roster_import_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="rosterundo",
            constraint=rtportal.lib.row_scope.RowScope(name="roster_undo_in_scope", through=("roster_import",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="rt",
            constraint=rtportal.lib.row_scope.RowScope(field="village_id", name="rt_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="rthead",
            constraint=rtportal.lib.row_scope.RowScope(name="rt_head_in_scope", through=("rt",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="substitutedecision",
            constraint=rtportal.lib.row_scope.RowScope(name="substitute_decision_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="waitingplace",
            constraint=rtportal.lib.row_scope.RowScope(name="waiting_place_in_scope", through=("enrolment",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="walkin",
            constraint=rtportal.lib.row_scope.RowScope(name="walk_in_in_scope", through=("wave", "enrolment")),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="wavephoto",
            constraint=rtportal.lib.row_scope.RowScope(name="wave_photo_in_scope", through=("wave",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="wavereport",
            constraint=rtportal.lib.row_scope.RowScope(name="wave_report_in_scope", through=("wave",)),
        ),
    ]
