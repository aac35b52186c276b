"""What officials type about money."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms

from programs.forms.money import RupiahField
from sessions.models import SpeakerFee
from sessions.queries.speaker_fees import FeeLine, fee_mark
from sessions.use_cases.set_speaker_fees import FeeWish

_MOST = 1_000_000_000


class FeeForm(forms.Form):
    """The fee of one speaker; `line` is what stands written down."""

    amount = RupiahField(
        label="Honor (Rp)",
        required=False,
        min_value=0,
        max_value=_MOST,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "max_value": "Honor paling banyak Rp1.000.000.000.",
            "min_value": "Honor tidak boleh kurang dari nol.",
        },
    )
    tax_percent = forms.DecimalField(
        label="Pajak (%)",
        required=False,
        min_value=0,
        max_value=50,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal"}),
        error_messages={
            "invalid": "Tulis pajak sebagai angka, misalnya 5 atau 2,5.",
            "max_value": "Pajak paling banyak 50%%.",
            "min_value": "Pajak tidak boleh kurang dari nol.",
            "max_digits": "Pajak paling banyak dua angka di belakang koma.",
            "max_decimal_places": "Pajak paling banyak dua angka di belakang koma.",
            "max_whole_digits": "Pajak paling banyak 50%%.",
        },
    )
    is_paid = forms.BooleanField(
        label="Sudah dibayar", required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data, *, line: FeeLine):
        self.line = line
        fee = line.fee
        initial = (_shown(fee) if fee else {}) | {"seen": fee_mark(fee)}
        if data is not None:
            data = {**data, **_plain(data, f"honor-{line.speaker.pk}")}
        super().__init__(data, initial=initial, prefix=f"honor-{line.speaker.pk}")
        for name in ("amount", "tax_percent"):
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label} {line.speaker}"
        self.fields["is_paid"].widget.attrs["aria-label"] = f"Honor {line.speaker} sudah dibayar"

    def wish(self) -> FeeWish:
        """Of a form that is valid."""
        typed = self.cleaned_data
        amount, tax = typed["amount"] or 0, typed["tax_percent"] or Decimal(0)
        return FeeWish(self.line.speaker.pk, amount, tax, typed["is_paid"], typed["seen"])


def fee_forms(data, lines: Sequence[FeeLine]) -> list[FeeForm]:
    """One for each speaker; `data` is what was sent, None for a fresh page.

    Whoever was added to the agenda since the page was opened was not asked about: they have no form then.
    """
    sent = None if data is None else data.dict()
    forms = [FeeForm(sent, line=line) for line in lines]
    return forms if sent is None else [form for form in forms if form.add_prefix("amount") in sent]


def _shown(fee: SpeakerFee) -> dict:
    """As people write it: `2,5`."""
    tax = f"{fee.tax_percent.normalize():f}".replace(".", ",")
    return {"amount": fee.amount, "tax_percent": tax, "is_paid": bool(fee.paid_at)}


def _plain(data: dict, prefix: str) -> dict[str, str]:
    """A share as people write it: `2,5`, `5%`."""
    tax = f"{prefix}-tax_percent"
    return {tax: data[tax].strip().removesuffix("%").replace(",", ".").strip()} if tax in data else {}
