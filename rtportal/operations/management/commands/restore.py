"""`manage.py restore`: an archive into an empty server."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rtportal.lib.numbers import thousands
from rtportal.operations.backups.keys import TO_SET
from rtportal.operations.errors import RestoreError
from rtportal.operations.use_cases.restore_backup import Restored, restore_backup


class Command(BaseCommand):
    help = "Memulihkan arsip cadangan ke basis data dan folder yang kosong, atau (--check) hanya memeriksanya."
    # The database is empty.
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--from", dest="archive", type=Path, required=True, help="arsip .tar.age")
        parser.add_argument("--identity", type=Path, required=True, help="berkas kunci rahasia age")
        parser.add_argument("--check", action="store_true", help="periksa seluruh arsip, tanpa menulis apa pun")

    def handle(self, *args, archive: Path, identity: Path, check: bool, **options) -> None:
        try:
            restored = restore_backup(archive=archive, identity=identity, only_check=check)
        except RestoreError as error:
            raise CommandError(error.sentence) from error
        manifest = restored.manifest
        self.stdout.write(
            f"Arsip dari {manifest.made_at} (portal {manifest.version}, {manifest.server}) utuh: "
            f"{len(manifest.tables)} tabel, {thousands(manifest.row_count)} baris, {thousands(restored.files)} berkas."
        )
        if not check:
            self._say_what_is_next(restored)

    def _say_what_is_next(self, restored: Restored) -> None:
        self.stdout.write("Basis data, berkas, dan kunci sudah dipulihkan. Langkah berikutnya:")
        steps = []
        if restored.to_set:
            steps.append(
                f"Samakan kunci di lingkungan server ini: {', '.join(restored.to_set)}. Nilai dari server lama ada di "
                f"{settings.VAR_DIR / TO_SET}; kunci yang tidak ada di sana dikosongkan. Lalu hapus berkas itu."
            )
        if restored.waiting:
            steps.append(f"Jalankan manage.py migrate: {len(restored.waiting)} perubahan tabel menunggu.")
        steps += [
            "Jalankan manage.py check, lalu nyalakan web dan periksa /sehat/ serta beberapa halaman.",
            "Nyalakan worker dan beat paling akhir: pesan yang belum terkirim saat dicadangkan akan dikirim. Pesan "
            "yang dikirim server lama setelah waktu cadangan akan terkirim lagi.",
        ]
        for number, step in enumerate(steps, 1):
            self.stdout.write(f"{number}. {step}")
