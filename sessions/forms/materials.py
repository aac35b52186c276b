"""What officials type about materials."""

from django import forms

from programs.forms.base import DomainForm
from rtportal.lib.file_types import ACCEPTED, EXTENSIONS
from sessions.use_cases.delete_material import LONGEST_REASON

ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)
_MISSING = "Pilih berkasnya dahulu."


class MaterialForm(DomainForm):
    """One file for a session; what it is, is looked at when it is kept."""

    upload = forms.FileField(
        label="Berkas materi",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=None,
        error_messages={
            "required": _MISSING,
            "invalid": _MISSING,
            "missing": _MISSING,
            "empty": "Berkas ini kosong. Pilih berkas lain.",
        },
    )

    def __init__(self, *args, largest: int, **kwargs):
        """`largest` in bytes."""
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = f"{ACCEPTED}, paling besar {largest // 1024**2} MB."


class DeleteForm(DomainForm):
    """Why a file is taken away."""

    reason = forms.CharField(
        label="Alasan menghapus",
        max_length=LONGEST_REASON,
        help_text="Misalnya: diganti versi terbaru. Alasan ini tercatat dalam riwayat.",
        error_messages={"required": "Isi alasan menghapus materi ini."},
    )
