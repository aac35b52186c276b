"""`manage.py run`: the whole portal with one command; `make run` calls it."""

import os
import signal
import sys

from django.core.management.base import BaseCommand

from rtportal.launch.guards import CannotStart
from rtportal.launch.keeper import die_with_parent
from rtportal.launch.launcher import Launcher
from rtportal.launch.services import MissingProgram


class Command(BaseCommand):
    help = "Menyiapkan dan menjalankan seluruh portal: basis data, Valkey tertanam, worker dan web."

    def add_arguments(self, parser):
        parser.add_argument("--without-demo", action="store_true", help="Jangan memuat data contoh.")
        parser.add_argument(
            "--end-with-parent", action="store_true", help="Berhenti bila proses yang memulai perintah ini berakhir."
        )

    def handle(self, *args, without_demo, end_with_parent, **options):
        if end_with_parent:
            die_with_parent(os.getppid(), signal.SIGTERM)
        try:
            Launcher(with_demo=not without_demo).run()
        except (CannotStart, MissingProgram) as error:
            sys.stderr.write(f"\n{error}\n")
            sys.exit(1)
