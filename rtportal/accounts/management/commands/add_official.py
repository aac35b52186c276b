"""`manage.py add_official`: give somebody an account and a role in a region."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from rtportal.accounts.models import Assignment, User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.regions.models import Region


class Command(BaseCommand):
    help = "Membuat akun petugas, atau menambah peran pada akun yang sudah ada."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="alamat e-mail untuk masuk")
        parser.add_argument("--nama", default="", help="nama lengkap (wajib untuk akun baru)")
        parser.add_argument("--peran", required=True, choices=Assignment.Role.values)
        parser.add_argument("--wilayah", required=True, help="kode resmi wilayah, misalnya 63.09")
        parser.add_argument("--kata-sandi", default="", help="tanpa pilihan ini kata sandi ditanyakan")

    def handle(self, *args, **options) -> None:
        email = options["email"].strip().lower()
        region = Region.objects.filter(code=options["wilayah"]).first()
        if not region:
            raise CommandError(f"Wilayah {options['wilayah']} tidak dikenal.")
        user = User.objects.filter(email=email).first()
        password = "" if user else self._password(email, options)
        with transaction.atomic():
            user = user or User.objects.create_user(email, password, name=options["nama"].strip())
            _, is_new = Assignment.objects.get_or_create(user=user, role=options["peran"], region=region)
            role = Assignment.Role(options["peran"]).label
            if is_new:
                record(
                    at=clock.now(),
                    actor=None,
                    action="assignment.added",
                    sentence=f"{user} ({email}) mendapat peran {role} di {region.full_name}.",
                    region_code=region.code,
                    subject=f"region:{region.code}",
                )
        self.stdout.write(self.style.SUCCESS(f"{email}: {role}, {region.full_name}."))

    def _password(self, email: str, options: dict) -> str:
        if not options["nama"].strip():
            raise CommandError("Akun baru memerlukan --nama.")
        password = options["kata_sandi"] or getpass("Kata sandi: ")
        try:
            validate_email(email)
            validate_password(password, User(email=email, name=options["nama"]))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
