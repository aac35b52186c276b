"""What an official says about an uploaded roster: which place a name means, what becomes of RTs it does not name."""

import hashlib

from django import forms

_NONE = "tidak-ada"


class PlacesForm(forms.Form):
    """One choice for each question of kind "place" (shape: `participants/roster_file/decisions.py`)."""

    def __init__(self, *args, questions: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self._questions = {_field(question["key"]): question for question in questions}
        for name, question in self._questions.items():
            where = f" di Kecamatan {question['district']}" if question["district"] else ""
            named = [(place["code"], f"{place['name']} ({place['code']})") for place in question["candidates"]]
            self.fields[name] = forms.ChoiceField(
                label=f"“{question['typed']}”{where}",
                choices=[*named, (_NONE, "Bukan salah satu dari ini: barisnya dilewati")],
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu dari daftar."},
            )

    @property
    def answers(self) -> dict:
        """The part of `RosterImport.decisions` that a valid form says."""
        said = {self._questions[name]["key"]: code for name, code in self.cleaned_data.items()}
        return {"places": {key: "" if code == _NONE else code for key, code in said.items()}}

    def choices(self) -> list[tuple[dict, forms.BoundField]]:
        return [(question, self[name]) for name, question in self._questions.items()]


class MissingForm(forms.Form):
    """Whether the heads of RTs that a file does not name stay or end; `preview` is that of the import."""

    wish = forms.ChoiceField(
        choices=[("keep", "Biarkan seperti semula"), ("end", "Akhiri masa bakti ketuanya")],
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )
    kept = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": "Pilih kelurahan dari daftar."})

    def __init__(self, *args, preview: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [(one["code"], one["place"]) for one in preview["missing"]["villages"]]

    @property
    def answers(self) -> dict:
        """The part of `RosterImport.decisions` that a valid form says."""
        return {"missing": self.cleaned_data["wish"], "missing_kept": sorted(self.cleaned_data["kept"])}


def _field(key: str) -> str:
    # By the question, not by its place in the list, which another official's answer may have changed meanwhile.
    return f"tempat-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
