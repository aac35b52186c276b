"""The list on which participants sign for their transport money (tanda terima transpor)."""

from datetime import datetime

from django.db.models import Q

from participants.exports.wave_paper import NothingOnPaper, WavePaper
from participants.models import Enrolment, Payment
from participants.queries.payments import new_payment, payees
from programs.models import PaperSettings
from rtportal.documents.registry import register
from rtportal.lib.number_words import amount_in_words
from rtportal.lib.numbers import rupiah, thousands


@register
class TransportReceipt(WavePaper):
    """Who was paid, by kelurahan/desa; before anything is recorded, everybody who came, to be signed on the day."""

    identifier = "tanda-terima-transpor"
    label = "Tanda terima uang transpor"
    template = "receipt"
    unit = "orang"

    def count(self) -> int:
        return self._people().count()

    def lacks(self) -> str:
        if Payment.objects.filter(enrolment__wave=self.wave).exists():
            return ""
        return "Belum ada uang transpor yang dicatat sudah dibayar."

    def data(self, now: datetime) -> dict:
        settings = self.settings()
        people = list(self._people())
        payments = [_payment_of(person, settings) for person in people]
        if not people:
            raise NothingOnPaper("Belum ada peserta yang tercatat hadir.")
        if not any(payment.amount for payment in payments):
            raise NothingOnPaper("Uang transpor per orang belum diisi. Isi dulu di pengaturan surat program ini.")
        amount, tax = sum(one.amount for one in payments), sum(one.tax for one in payments)
        return self.frame(now) | {
            "heading": "TANDA TERIMA UANG TRANSPOR",
            "facts": [*self.facts(), ("Jumlah penerima", f"{thousands(len(people))} orang")],
            "place_heading": "RT/RW, kelurahan/desa",
            "rows": [_row(number, *pair) for number, pair in enumerate(zip(people, payments, strict=True), start=1)],
            "amount": rupiah(amount),
            "tax": rupiah(tax),
            "net": rupiah(amount - tax),
            "in_words": amount_in_words(amount),
            "signers": [
                self.signature(settings.pptk, "PPTK"),
                self.signature(settings.treasurer, "Bendahara", dated=True),
            ],
        }

    def _people(self):
        rows = payees(self.wave)
        # Two readings that see the same: once somebody is paid, only those who are.
        is_paid = Q(payment__isnull=False)
        return rows.filter(is_paid) if not self.lacks() else rows


def _payment_of(person: Enrolment, settings: PaperSettings) -> Payment:
    return getattr(person, "payment", None) or new_payment(person, settings)


def _row(number: int, person: Enrolment, payment: Payment) -> dict:
    is_other = payment.received_by != person.head.full_name
    return {
        "number": number,
        "name": payment.received_by,
        "note": f"mewakili {person.head.full_name}" if is_other else "",
        "place": f"{person.head.rt.label} {person.village.full_name}",
        "amount": thousands(payment.amount),
        "tax": thousands(payment.tax),
        "net": thousands(payment.amount - payment.tax),
    }
