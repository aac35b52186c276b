"""The words of a kind of message as an admin types them."""

from django import forms

from rtportal.lib.errors import InputError
from rtportal.messaging.wording import LONGEST_SUBJECT, Words

LONGEST_TEXT, LONGEST_SHORT = 5_000, 480


class WordsForm(forms.Form):
    """Subject and text on top of the version the admin saw (0: none yet)."""

    number = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    subject = forms.CharField(label="Perihal", max_length=LONGEST_SUBJECT)
    text = forms.CharField(label="Isi", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 16}))

    def refuse(self, refusal: InputError) -> None:
        """Show the refusal beside its field."""
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def save_on_top_of(self, number: int) -> None:
        """The next save replaces the version with this number."""
        self.data = self.data.copy()
        self.data["number"] = number

    def words(self) -> Words:
        """What a valid form holds."""
        return Words(self.cleaned_data["subject"], self.cleaned_data["text"], self.cleaned_data.get("short", ""))

    def typed(self) -> Words:
        """What stands in the fields now, valid or not, for a preview."""
        subject, text, short = (
            str(self[name].value() or "").strip() if name in self.fields else ""
            for name in ("subject", "text", "short")
        )
        return Words(subject[:LONGEST_SUBJECT], text[:LONGEST_TEXT].replace("\r\n", "\n"), short[:LONGEST_SHORT])

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    def clean_number(self) -> int:
        return self.cleaned_data["number"] or 0


class WordingForm(WordsForm):
    """The words of a message, with the short text for SMS."""

    short = forms.CharField(
        label="Isi singkat (SMS)",
        max_length=LONGEST_SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu SMS memuat 160 huruf; yang lebih panjang dibagi per 153 huruf. Kosongkan untuk memakai bawaan.",
    )

    def clean_short(self) -> str:
        return self.cleaned_data["short"].replace("\r\n", "\n").strip()


class PaperWordsForm(WordsForm):
    """The words of a paper: its heading or hal, and its paragraphs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].label = "Hal atau judul"
        self.fields["text"].help_text = "Pisahkan paragraf dengan baris kosong."
