from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("participants", "0013_tell_successors_anew")]

    operations = [
        migrations.AddIndex(
            model_name="attendanceevent",
            index=models.Index(
                condition=models.Q(("undoes__isnull", False)), fields=["undoes"], name="attendance_event_undoes"
            ),
        ),
    ]
