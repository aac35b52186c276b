from django.db import migrations

NEW_NAMES = {"leased": "sending", "sent": "accepted", "cancelled": "withdrawn"}


def rename(apps, names):
    message = apps.get_model("messaging", "Message")
    for before, after in names.items():
        message.objects.filter(state=before).update(state=after)


def forwards(apps, editor):
    rename(apps, NEW_NAMES)


def backwards(apps, editor):
    rename(apps, {after: before for before, after in NEW_NAMES.items()})


class Migration(migrations.Migration):
    # PostgreSQL refuses to build an index over rows that the same transaction changed: that comes in the next one.

    dependencies = [
        ('messaging', '0004_say_which_edition_a_message_told'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='message', name='message_lease_while_leased'),
        migrations.RemoveIndex(model_name='message', name='message_leased'),
        migrations.RemoveIndex(model_name='message', name='message_not_sent'),
        migrations.RunPython(forwards, backwards),
    ]
