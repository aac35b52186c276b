"""What officials type when they call a wave off."""

from django import forms

from participants.queries.pouring import DistrictHeads, Target
from participants.use_cases.cancel_wave import LONGEST_REASON
from programs.forms.base import VersionForm
from rtportal.lib.numbers import thousands

_SAME, _NOWHERE = "", "-"


class CancelForm(VersionForm):
    """The reason, and which wave takes the heads: one for all, or another one for single kecamatan."""

    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Peserta dan narasumber membacanya dalam pesan.",
        error_messages={"required": "Isi alasan pembatalan. Peserta membacanya dalam pesan."},
    )

    def __init__(self, *args, districts: list[DistrictHeads], targets: list[Target], **kwargs):
        super().__init__(*args, **kwargs)
        self.districts = districts if targets else []
        waves = [(str(target.wave.pk), _words(target)) for target in targets]
        if not self.districts:
            return
        nobody = [(_SAME, "— tidak dialihkan —")]
        self.fields["to"] = _choice("Alihkan ketua RT ke", nobody + waves)
        same = [(_SAME, "sama seperti pilihan di atas"), (_NOWHERE, "tidak dialihkan")]
        if len(self.districts) > 1:
            for entry in self.districts:
                label = f"{entry.district.full_name} ({thousands(entry.heads)} ketua RT)"
                self.fields[_name(entry)] = _choice(label, same + waves)

    @property
    def single_fields(self) -> list[forms.BoundField]:
        """One for each kecamatan, where there are several."""
        return [self[_name(entry)] for entry in self.districts if _name(entry) in self.fields]

    def chosen_targets(self) -> dict[str, int]:
        """Kecamatan → wave, from a valid form."""
        for_all = self.cleaned_data.get("to", _SAME)
        chosen = {
            entry.district.code: self.cleaned_data.get(_name(entry), _SAME) or for_all for entry in self.districts
        }
        return {code: int(key) for code, key in chosen.items() if key not in (_SAME, _NOWHERE)}


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    sentence = "Gelombang itu tidak ada dalam daftar. Pilih ulang."
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages={"invalid_choice": sentence})


def _name(entry: DistrictHeads) -> str:
    return f"to_{entry.district.code.replace('.', '')}"


def _words(target: Target) -> str:
    wave = target.wave
    return f"{wave.title}: {wave.span_words}, {wave.venue.name} (sisa {thousands(max(target.free, 0))} kursi)"
