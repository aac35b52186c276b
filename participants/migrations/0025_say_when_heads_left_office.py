"""When the portal heard that a head left: a recorded term may have run out years before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0024_seal_what_was_plain")]
    operations = [
        migrations.AddField(
            model_name="rthead",
            name="left_office_on",
            field=models.DateField(null=True, verbose_name="tercatat berhenti pada"),
        )
    ]
