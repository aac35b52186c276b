from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0004_take_a_hall_once_at_a_time'),
    ]

    operations = [
        migrations.AddField(
            model_name='waveplan',
            name='state',
            field=models.CharField(choices=[('waiting', 'sedang dihitung'), ('solved', 'siap'), ('impossible', 'tidak muat'), ('failed', 'gagal dihitung')], default='waiting', max_length=10, verbose_name='keadaan'),
        ),
        migrations.AddField(
            model_name='waveplan',
            name='lease_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='waveplan',
            name='attempts',
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
