"""Invitations sent before there were editions told what their wave's first publication keeps."""

from django.db import migrations


def number(apps, schema_editor):
    Message = apps.get_model("messaging", "Message")
    publications = apps.get_model("programs", "WavePublication").objects.filter(number=1)
    for wave, publication in publications.values_list("wave_id", "pk"):
        told = Message.objects.filter(group=f"wave:{wave}", kind="invitation", edition=None)
        # The states are renamed before or after this.
        told.filter(state__in=["sent", "accepted", "unknown"]).update(edition=publication)


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0003_move_wait_and_catch_up"),
        ("training_sessions", "0003_publish_waves_whose_invitations_are_open"),
        ("messaging", "0004_say_which_edition_a_message_told"),
    ]

    operations = [migrations.RunPython(number, migrations.RunPython.noop, elidable=True)]
