"""An answer as it is typed: by an RT head on the personal page, or by an official on the head's behalf."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms

from participants.models import Answer, Enrolment
from participants.rules import LONGEST_NAME, LONGEST_REASON, AnswerRefused, read_answer

TEXTS = ("reason", "substitute_name", "substitute_phone", "companion_name")
_CHOOSE = "Pilih salah satu: Hadir, Berhalangan, atau Diwakili."


class AnswerForm(forms.Form):
    """Only what belongs to the chosen answer is looked at; the rest may be empty or left over."""

    answer = forms.ChoiceField(
        label="Jawaban",
        choices=Enrolment.AnswerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    reason = forms.CharField(
        label="Alasan (bila berhalangan)", required=False, widget=forms.TextInput(attrs={"maxlength": LONGEST_REASON})
    )
    substitute_name = forms.CharField(
        label="Nama wakil (bila diwakili)", required=False, widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME})
    )
    substitute_phone = forms.CharField(
        label="Nomor HP wakil (bila diwakili)",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "maxlength": 40}),
    )
    companion_name = forms.CharField(
        label="Nama pendamping (bila hadir)", required=False, widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME})
    )

    def __init__(self, *args, needs_companion: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_companion = needs_companion

    def clean(self) -> dict:
        typed = super().clean()
        if self.errors:
            return typed
        texts = {name: typed.get(name, "") for name in TEXTS}
        try:
            content = read_answer(kind=typed["answer"], needs_companion=self.needs_companion, **texts)
        except AnswerRefused as refusal:
            for field, sentence in refusal.faults.items():
                self.add_error(field or None, sentence)
            return typed
        return typed | vars(content)

    @property
    def summary(self) -> list[str]:
        """What to say above the fields: faults of none of them, of the choice itself, or that some need a look."""
        general = [*self.non_field_errors(), *self.errors.get("answer", [])]
        return general or ["Jawaban belum tersimpan. Periksa isian di bawah ini."]

    @property
    def content(self) -> dict:
        """The keyword arguments of `answer_invitation` that say what was answered."""
        return {name: self.cleaned_data[name] for name in ("kind", *TEXTS)}


class RecordedAnswerForm(AnswerForm):
    """With how the answer reached the official."""

    channel = forms.ChoiceField(
        label="Disampaikan lewat",
        choices=[choice for choice in Answer.Channel.choices if choice[0] != Answer.Channel.LINK],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih bagaimana jawaban ini disampaikan."},
    )

    def __init__(self, *args, action: str, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.needs_companion:
            del self.fields["companion_name"]
        self.helper = FormHelper()
        self.helper.form_action = action
        names = ("answer", *TEXTS, "channel")
        self.helper.layout = Layout(
            *(Field(name) for name in names if name in self.fields),
            Submit("simpan", "Catat jawaban"),
        )
