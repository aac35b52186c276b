"""`manage.py prepare`: tables and regions as this release needs them; doing it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand

from rtportal.launch import preparation


class Command(BaseCommand):
    help = "Menyiapkan basis data untuk rilis ini: perubahan tabel dan wilayah seluruh Indonesia."

    def handle(self, *args, **options) -> None:
        memory = preparation.Memory(settings.VAR_DIR / "launch.json")
        count = preparation.migrate()
        self.stdout.write(f"Basis data: {count} perubahan tabel diterapkan.")
        is_new = preparation.load_regions(memory)
        self.stdout.write("Wilayah: dimuat." if is_new else "Wilayah: sudah yang terbaru.")
