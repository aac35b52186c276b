import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ("accounts", "0002_guard_rows"),
        ("programs", "0010_guard_rows"),
        ("regions", "0001_initial"),
        ("training_sessions", "0007_pay_speakers"),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name="agendatemplate",
            constraint=rtportal.lib.row_scope.RowScope(above=True, field="region_id", name="agenda_template_in_scope"),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="material",
            constraint=rtportal.lib.row_scope.RowScope(name="material_in_scope", through=("session",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="sessionspeaker",
            constraint=rtportal.lib.row_scope.RowScope(name="session_speaker_in_scope", through=("session",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="speaker",
            constraint=rtportal.lib.row_scope.RowScope(
                above=True, field="region_id", used_by="session_speakers", name="speaker_in_scope"
            ),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="speakerbooking",
            constraint=rtportal.lib.row_scope.RowScope(name="speaker_booking_in_scope", through=("speaker",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="speakerfee",
            constraint=rtportal.lib.row_scope.RowScope(name="speaker_fee_in_scope", through=("wave",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="speakerinvitation",
            constraint=rtportal.lib.row_scope.RowScope(name="speaker_invitation_in_scope", through=("wave",)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name="trainingsession",
            constraint=rtportal.lib.row_scope.RowScope(name="training_session_in_scope", through=("wave",)),
        ),
    ]
