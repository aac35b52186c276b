"""An answer that an official records on an RT head's behalf."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms

from participants.models import Answer, Enrolment
from participants.rules import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_RELATION,
    WAVE_CHANGED,
    AnswerRefused,
    head_changed,
    needs_companion,
    read_answer,
)

TEXTS = ("reason", "substitute_name", "substitute_phone", "substitute_relation", "companion_name")
_CHOOSE = "Pilih salah satu: Hadir, Berhalangan, atau Diwakili."
_HOW = "Pilih bagaimana jawaban ini disampaikan."


class RecordedAnswerForm(forms.Form):
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
    substitute_relation = forms.CharField(
        label="Hubungan wakil dengan ketua RT (bila diwakili)",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_RELATION}),
        help_text="Misalnya Sekretaris RT, suami/istri, atau anak.",
    )
    companion_name = forms.CharField(
        label="Nama pendamping (bila hadir)", required=False, widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME})
    )
    channel = forms.ChoiceField(
        label="Disampaikan lewat",
        choices=[choice for choice in Answer.Channel.choices if choice[0] != Answer.Channel.LINK],
        widget=forms.RadioSelect,
        error_messages={"required": _HOW, "invalid_choice": _HOW},
    )

    # Whose answer the page was about when it was opened, and to which day.
    ketua = forms.IntegerField(required=False, widget=forms.HiddenInput)
    gelombang = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, enrolment: Enrolment, action: str, **kwargs):
        """`enrolment` comes with `head` and `wave.program`."""
        self.present = {"ketua": enrolment.head_id, "gelombang": enrolment.wave_id}
        super().__init__(*args, initial=self.present, **kwargs)
        self.head = enrolment.head
        self.needs_companion = needs_companion(enrolment.wave.program)
        if not self.needs_companion:
            del self.fields["companion_name"]
        self.helper = FormHelper()
        self.helper.form_action = action
        self.helper.layout = Layout(*(Field(name) for name in self.fields), Submit("simpan", "Catat jawaban"))

    def clean(self) -> dict:
        typed = super().clean()
        if self.errors:
            return typed
        changed = [name for name, key in self.present.items() if typed[name] not in (None, key)]
        if changed:
            self.add_error(None, head_changed(self.head) if "ketua" in changed else WAVE_CHANGED)
            # Sent once more it is meant for the present head and day.
            self.data = self.data.copy()
            for name, key in self.present.items():
                self.data[name] = key
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
    def content(self) -> dict:
        """The keyword arguments of `answer_invitation` that say what was answered."""
        return {name: self.cleaned_data[name] for name in ("kind", *TEXTS)}
