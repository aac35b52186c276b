"""`manage.py backup`: everything of this portal as one encrypted archive."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.operations.backups.folder import BackupIsRunning
from rtportal.operations.errors import BackupError
from rtportal.operations.use_cases.make_backup import make_backup

FAILED, NOT_CONFIGURED, TRY_LATER = 1, 2, 75


class Command(BaseCommand):
    help = (
        "Mencadangkan basis data, berkas, dan kunci ke satu arsip terenkripsi (age). Kode keluar: 0 berhasil, 1 gagal, "
        "2 belum diatur, 75 pencadangan lain sedang berjalan."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--to", default=settings.BACKUP_FOLDER, help="folder arsip (BACKUP_FOLDER)")
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEEP, help="arsip yang disimpan (BACKUP_KEEP)")

    def handle(self, *args, to: str, keep: int, **options) -> None:
        if not to or not settings.BACKUP_RECIPIENTS:
            raise CommandError("Isi BACKUP_FOLDER (atau --to) dan BACKUP_RECIPIENTS.", returncode=NOT_CONFIGURED)
        if keep < 1:
            raise CommandError("--keep: simpan paling sedikit satu arsip.", returncode=NOT_CONFIGURED)
        try:
            made = make_backup(
                folder=Path(to).resolve(), recipients=settings.BACKUP_RECIPIENTS, keep=keep, clock=clock.now
            )
        except BackupIsRunning as error:
            raise CommandError(error.sentence, returncode=TRY_LATER) from error
        except BackupError as error:
            raise CommandError(error.sentence, returncode=FAILED) from error
        self.stdout.write(
            f"{made.path}: {thousands(made.size_bytes)} bita, {thousands(made.rows)} baris, "
            f"{thousands(made.files)} berkas."
        )
        if made.gone:
            self.stdout.write(f"{len(made.gone)} berkas dihapus orang selagi dicadangkan.")
        for name in made.dropped:
            self.stdout.write(f"Arsip lama dihapus: {name}")
