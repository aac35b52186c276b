"""What officials type when an RT has a new head."""

from django import forms

from participants.models import RTHead
from programs.forms.base import DomainForm

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_WRONG_DAY = "Isi tanggal lengkap yang ada di kalender."


class ReplaceHeadForm(DomainForm):
    """The new head; what the words mean is read by `replace_head`."""

    name = forms.CharField(
        label="Nama ketua RT yang baru",
        max_length=200,
        help_text="Gelar boleh ditulis di sini, misalnya H. Ahmad Fauzi, S.Pd.",
        error_messages={"required": "Isi nama ketua RT yang baru."},
    )
    phone = forms.CharField(
        label="Nomor HP", required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.CharField(
        label="Alamat e-mail", required=False, max_length=254, widget=forms.TextInput(attrs={"type": "email"})
    )
    starts_on = forms.DateField(
        label="Awal masa bakti",
        widget=_DAY,
        error_messages={"required": "Isi awal masa bakti.", "invalid": _WRONG_DAY},
    )
    ends_on = forms.DateField(
        label="Akhir masa bakti (boleh kosong)", required=False, widget=_DAY, error_messages={"invalid": _WRONG_DAY}
    )
    status = forms.ChoiceField(
        label="Status",
        choices=RTHead.Status.choices,
        error_messages={"invalid_choice": "Pilih Definitif, Plt, atau Perpanjangan."},
    )
