"""What of the running does not work: migrations that wait, a silent timetable, a backup that is overdue."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from rtportal.messaging.models import Heartbeat
from rtportal.operations.known_migrations import needed_migrations
from rtportal.operations.models import BackupRun
from rtportal.web.health import Trouble

BEAT = "beat"
# It gives a sign each minute, by way of a worker.
LONGEST_SILENCE = timedelta(minutes=5)
# A night's backup may begin late and take long.
LONGEST_WITHOUT_BACKUP = timedelta(hours=26)


def troubles_of_migrations(now: datetime) -> list[Trouble]:
    """Tables that are older than this program. No query once there are none: a program does not change as it runs."""
    if _applied and needed_migrations() <= _applied:
        return []
    _applied.update(MigrationRecorder(connection).applied_migrations())
    if waiting := len(needed_migrations() - _applied):
        return [Trouble("migrations", f"{waiting} perubahan tabel belum diterapkan: jalankan manage.py migrate.")]
    return []


_applied: set[tuple[str, str]] = set()


def troubles_of_timetable(now: datetime) -> list[Trouble]:
    """Beat, or the worker that hands on its sign, is gone. One query; none that ever beat may just be starting."""
    beaten_at = Heartbeat.objects.filter(name=BEAT).values_list("beaten_at", flat=True).first()
    if beaten_at is None or now - beaten_at <= LONGEST_SILENCE:
        return []
    minutes = int((now - beaten_at).total_seconds() // 60)
    return [
        Trouble(
            "beat",
            f"Penjadwal atau pekerja latar tidak memberi tanda sejak {minutes} menit yang lalu: pengingat dan pesan "
            "tidak berangkat. Hubungi pengelola peladen.",
        )
    ]


def troubles_of_backup(now: datetime) -> list[Trouble]:
    """No archive for too long, where archives are wanted at all. One query; none where they are not."""
    if not settings.BACKUP_FOLDER:
        return []
    last = BackupRun.objects.filter(fault="").values_list("finished_at", flat=True).first()
    if last is None:
        sentence = "Portal ini belum pernah dicadangkan. Hubungi pengelola peladen."
    elif now - last > LONGEST_WITHOUT_BACKUP:
        hours = int((now - last).total_seconds() // 3600)
        sentence = f"Cadangan terakhir dibuat {hours} jam yang lalu. Hubungi pengelola peladen."
    else:
        return []
    return [Trouble("backup", sentence, is_outage=False)]
