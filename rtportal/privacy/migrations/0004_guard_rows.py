import rtportal.lib.row_scope
from django.db import migrations


class Migration(migrations.Migration):
    # One table at a time.
    atomic = False

    dependencies = [
        ('accounts', '0002_guard_rows'),
        ('privacy', '0003_agree_to_retention_first'),
        ('regions', '0001_initial'),
    ]

    operations = [
        rtportal.lib.row_scope.GuardRows(
            model_name='doomedfile',
            constraint=rtportal.lib.row_scope.RowScope(field='region_id', name='doomed_file_in_scope', unplaced=True),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name='incident',
            constraint=rtportal.lib.row_scope.RowScope(field='region_id', name='incident_in_scope'),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name='incidentchange',
            constraint=rtportal.lib.row_scope.RowScope(name='incident_change_in_scope', through=('incident',)),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name='purgerecord',
            constraint=rtportal.lib.row_scope.RowScope(field='region_id', name='purge_record_in_scope', unplaced=True),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name='retentionagreement',
            constraint=rtportal.lib.row_scope.RowScope(field='region_id', name='retention_agreement_in_scope'),
        ),
        rtportal.lib.row_scope.GuardRows(
            model_name='retentionsetting',
            constraint=rtportal.lib.row_scope.RowScope(field='region_id', name='retention_setting_in_scope'),
        ),
    ]
