"""`manage.py backup_key`: a key pair for backups; the secret half belongs off the server."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rtportal.lib import clock
from rtportal.operations.backups.sealing import make_identity
from rtportal.operations.errors import BackupError


class Command(BaseCommand):
    help = "Membuat kunci cadangan: kunci rahasia ke berkas, kunci publik ke layar untuk BACKUP_RECIPIENTS."
    # It is made on a computer that has no portal's database.
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="berkas kunci rahasia yang dibuat")

    def handle(self, *args, to: Path, **options) -> None:
        try:
            public = make_identity(to, at=clock.now().isoformat(timespec="seconds"))
        except BackupError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"BACKUP_RECIPIENTS={public}")
        self.stdout.write(f"Pindahkan {to} ke luar server ini, simpan dua salinan: tanpanya cadangan tidak terbuka.")
