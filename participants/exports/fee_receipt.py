"""The list on which speakers sign for their fees (tanda terima honor)."""

from datetime import datetime

from participants.exports.wave_paper import NothingOnPaper, WavePaper
from rtportal.documents.registry import register
from rtportal.lib.number_words import amount_in_words
from rtportal.lib.numbers import rupiah, thousands
from sessions.models import SpeakerFee
from sessions.queries.speaker_fees import fee_tax


@register
class FeeReceipt(WavePaper):
    """Every speaker with a fee, paid or to be paid."""

    identifier = "tanda-terima-honor"
    label = "Tanda terima honor narasumber"
    template = "receipt"
    unit = "narasumber"

    def count(self) -> int:
        return self._fees().count()

    def data(self, now: datetime) -> dict:
        fees = list(self._fees())
        if not fees:
            raise NothingOnPaper("Belum ada honor narasumber yang diisi pada halaman Pembayaran.")
        settings = self.settings()
        amount, tax = sum(fee.amount for fee in fees), sum(fee_tax(fee) for fee in fees)
        return self.frame(now) | {
            "heading": "TANDA TERIMA HONOR NARASUMBER",
            "facts": [*self.facts(), ("Jumlah penerima", f"{thousands(len(fees))} orang")],
            "place_heading": "Jabatan, instansi",
            "rows": [_row(number, fee) for number, fee in enumerate(fees, start=1)],
            "amount": rupiah(amount),
            "tax": rupiah(tax),
            "net": rupiah(amount - tax),
            "in_words": amount_in_words(amount),
            "signers": [
                self.signature(settings.pptk, "PPTK"),
                self.signature(settings.treasurer, "Bendahara", dated=True),
            ],
        }

    def _fees(self):
        rows = SpeakerFee.objects.filter(wave=self.wave).select_related("speaker")
        return rows.order_by("speaker__name", "speaker__position", "pk")


def _row(number: int, fee: SpeakerFee) -> dict:
    speaker, tax = fee.speaker, fee_tax(fee)
    parts = (speaker.position if speaker.full_name else "", speaker.institution)
    return {
        "number": number,
        "name": str(speaker),
        "note": "",
        "place": ", ".join(part for part in parts if part),
        "amount": thousands(fee.amount),
        "tax": thousands(tax),
        "net": thousands(fee.amount - tax),
    }
