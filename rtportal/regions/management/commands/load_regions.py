"""`manage.py load_regions`: fill the table of regions from the reference file in the repository."""

from django.core.management.base import BaseCommand, CommandError

from rtportal.regions.load import UnknownRegionCode, load_regions


class Command(BaseCommand):
    help = "Memuat kode dan nama wilayah seluruh Indonesia. Aman dijalankan berulang kali."

    def add_arguments(self, parser):
        parser.add_argument(
            "--prefix",
            action="append",
            metavar="KODE",
            help="Hanya wilayah ini beserta atasan dan bawahannya, misalnya 63.09. Boleh diulang.",
        )

    def handle(self, *args, prefix, **options):
        try:
            written = load_regions(prefixes=prefix)
        except UnknownRegionCode as error:
            raise CommandError(str(error)) from error
        if written:
            self.stdout.write(f"{written:,} wilayah ditambahkan atau diperbarui.".replace(",", "."))
        else:
            self.stdout.write("Data wilayah sudah mutakhir, tidak ada yang diubah.")
