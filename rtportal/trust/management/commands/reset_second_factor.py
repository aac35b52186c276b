"""`manage.py reset_second_factor`: for an admin who lost telephone and recovery codes and has no colleague to ask."""

from django.core.management.base import BaseCommand, CommandError

from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.trust.use_cases.reset_second_factor import reset_second_factor


class Command(BaseCommand):
    help = "Menghapus pengaman kedua sebuah akun, supaya pemiliknya dapat memasang yang baru."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="alamat e-mail akun itu")

    def handle(self, *args, **options) -> None:
        email = options["email"].strip().lower()
        official = User.objects.filter(email=email).first()
        if official is None:
            raise CommandError(f"Tidak ada akun dengan alamat {email}.")
        if reset_second_factor(official=official, actor=None, now=clock.now()):
            self.stdout.write(self.style.SUCCESS(f"{email}: pengaman kedua dihapus, semua perangkat dikeluarkan."))
        else:
            self.stdout.write(f"{email}: tidak ada pengaman kedua.")
