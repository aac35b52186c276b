"""`manage.py demo`: two real events with made-up people, loaded once."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from participants.management.demo import jambi, tabalong
from participants.management.demo.accounts import ACCOUNTS, make_accounts
from participants.management.demo.facts import JAMBI, TABALONG
from participants.management.demo.people import make_heads
from programs.models import Program
from programs.use_cases.seed_special_days import seed_special_days
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.regions.models import Region


class Command(BaseCommand):
    help = "Memuat data contoh: bimtek Kabupaten Tabalong dan retret Kota Jambi. Orang-orangnya rekaan."

    def handle(self, *args, **options) -> None:
        if User.objects.filter(email=ACCOUNTS[0][0]).exists():
            self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
            return
        if Program.objects.exists():
            raise CommandError("Basis data ini sudah berisi program sungguhan; data contoh tidak dicampurkan.")
        districts = Region.objects.in_bulk([row.code for row in TABALONG + JAMBI])
        if len(districts) < len(TABALONG + JAMBI):
            raise CommandError("Wilayah belum dimuat. Jalankan dahulu: python manage.py load_regions")
        now = clock.now()
        with transaction.atomic():
            users = make_accounts()
            for row in TABALONG + JAMBI:
                make_heads(districts[row.code], row.heads, stem=row.code.replace(".", "")[1:])
            tabalong.make(users, now)
            jambi.make(users, now)
            seed_special_days(now=now)
        self.stdout.write(self.style.SUCCESS("Data contoh dimuat: 951 ketua RT Tabalong, 1.650 ketua RT Kota Jambi."))
