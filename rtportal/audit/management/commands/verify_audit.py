"""`manage.py verify_audit`: has anybody tampered with the history?"""

import re

from django.core.management.base import BaseCommand, CommandError

from rtportal.audit import remembered_head
from rtportal.audit.use_cases.accept_head import accept_head
from rtportal.audit.use_cases.check_chain import check_chain
from rtportal.audit.verification import MOST_TOLD, Head, Report
from rtportal.lib import clock
from rtportal.lib.numbers import thousands

_HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = (
        "Memeriksa rantai segel riwayat dari awal sampai ujung. Ada yang diubah, dihapus, disisipkan, atau ditukar: "
        "disebut satu per satu, dan perintah ini berakhir dengan kode 1."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--ujung",
            action="append",
            default=[],
            metavar="URUTAN:SEGEL",
            help="ujung rantai yang pernah dicatat di luar portal; boleh beberapa kali",
        )
        parser.add_argument(
            "--terima-ujung",
            action="store_true",
            help="terima ujung rantai yang sekarang di mesin ini, misalnya setelah basis data sengaja dikembalikan ke "
            "keadaan lama; hanya bila sebabnya jelas. Tercatat dalam riwayat.",
        )

    def handle(self, *args, **options) -> None:
        if options["terima_ujung"]:
            self._accept()
        report = check_chain(now=clock.now(), noted=[_head(text) for text in options["ujung"]])
        self.stdout.write(f"{thousands(report.sealed_count)} catatan tersegel diperiksa.")
        if report.unsealed_count:
            self.stdout.write(
                f"{thousands(report.unsealed_count)} catatan belum disegel: lebih baru daripada penyegelan terakhir."
            )
        if report.late_count:
            self.stdout.write(
                f"{thousands(report.late_count)} catatan bertanggal lebih dari sehari sebelum disegel. "
                "Pada data contoh itu wajar; pada kantor sungguhan periksa sebabnya."
            )
        if report.head.position:
            self.stdout.write(f"Ujung rantai, catat di luar portal: {report.head.position}:{report.head.chain_hash}")
        if not report.is_whole:
            raise CommandError(_faults(report))
        self.stdout.write(self.style.SUCCESS("Riwayat utuh."))

    def _accept(self) -> None:
        try:
            sentence = accept_head(now=clock.now())
        except OSError as error:
            raise CommandError(f"Ujung rantai tidak dapat dicatat: {error.strerror}.") from error
        self.stdout.write(f"Diterima: {sentence}" if sentence else "Tidak ada ujung rantai yang perlu diterima.")


def _faults(report: Report) -> str:
    lines = [f"RIWAYAT TIDAK UTUH: {thousands(report.fault_count)} kerusakan.", *report.faults]
    if report.fault_count > MOST_TOLD:
        lines.append(f"… dan {thousands(report.fault_count - MOST_TOLD)} lagi.")
    if remembered_head.fault():
        lines.append("Bila basis data sengaja dikembalikan atau diganti, terima dengan: verify_audit --terima-ujung")
    return "\n".join(lines)


def _head(text: str) -> Head:
    found = _HEAD.fullmatch(text.strip())
    if not found:
        raise CommandError(f"--ujung {text!r}: tulis seperti yang ditampilkan perintah ini, misalnya 1234:0a1b….")
    return Head(int(found[1]), found[2])
