"""`manage.py rotate_keys`: after a new key was put in front, bring everything under it."""

from django.core.management.base import BaseCommand, CommandError

from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.privacy.use_cases.rotate_keys import RotationStopped, rotate_keys

_EVERY = 1000


class Command(BaseCommand):
    help = (
        "Menyegel ulang nomor HP, alamat, NIK, dan berkas dengan kunci pertama PERSONAL_KEYS dan NIK_KEYS. Taruh kunci "
        "baru di depan, mulai ulang semua proses portal, lalu jalankan perintah ini. Bila terhenti, jalankan lagi."
    )

    def handle(self, *args, **options) -> None:
        try:
            done = rotate_keys(tell=self._tell, clock=clock.now)
        except RotationStopped as refusal:
            raise CommandError(refusal.sentence) from None
        for title, count in done.rewritten.items():
            self.stdout.write(f"{title}: {thousands(count)} disegel ulang.")
        if done.late:
            raise CommandError(
                f"{thousands(done.late)} ditulis dengan kunci lama selama perintah ini berjalan. Mulai ulang semua "
                "proses portal dengan kunci baru di depan, lalu jalankan perintah ini sekali lagi."
            )
        self.stdout.write(
            self.style.SUCCESS(
                "Semua tersegel dengan kunci pertama. Kunci lama boleh dihapus dari PERSONAL_KEYS dan NIK_KEYS; simpan "
                "di tempat lain selama cadangan lama masih disimpan."
            )
        )

    def _tell(self, title: str, count: int) -> None:
        if count and count % _EVERY == 0:
            self.stdout.write(f"{title}: {thousands(count)} …")
            self.stdout.flush()
