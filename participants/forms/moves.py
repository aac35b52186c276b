"""What officials fill in to move people, to offer a catch-up wave and to make groups."""

from collections.abc import Iterable

from django import forms

from participants.use_cases.move_participants import LONGEST_REASON
from rtportal.lib.keys import parse_key


class TargetForm(forms.Form):
    """A wave to go to (`tujuan`), out of those offered, and the number of seats knowingly accepted, if any."""

    tujuan = forms.ChoiceField(
        label="Gelombang tujuan",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih gelombang tujuan.", "invalid_choice": "Pilih gelombang dari daftar."},
    )
    kursi = forms.IntegerField(required=False, min_value=0, max_value=10_000_000, widget=forms.HiddenInput)

    def __init__(self, *args, waves: Iterable[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tujuan"].choices = [(str(pk), str(pk)) for pk in waves]

    @property
    def chosen(self) -> int | None:
        """Key of the wave that is ticked, also on a form that is not valid."""
        return parse_key(str(self["tujuan"].value() or ""))

    @property
    def target(self) -> int:
        return int(self.cleaned_data["tujuan"])

    @property
    def accepted_seats(self) -> int:
        return self.cleaned_data["kursi"] or 0


class MoveForm(TargetForm):
    """With a reason, for the history."""

    alasan = forms.CharField(
        label="Alasan (untuk riwayat, boleh kosong)",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class GroupsForm(forms.Form):
    """Names of parallel groups, one on each line; nothing means no groups."""

    kelompok = forms.CharField(
        label="Nama kelompok",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control"}),
        help_text="Satu nama di tiap baris, misalnya Kelompok A. Kosongkan untuk menghapus pembagian kelompok.",
    )

    @property
    def names(self) -> list[str]:
        return self.cleaned_data["kelompok"].splitlines()
