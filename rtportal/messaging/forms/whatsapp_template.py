"""What admins type about a WhatsApp template."""

from django import forms

from rtportal.messaging.channels.whatsapp.payload import LINK_BUTTON, LINK_VARIABLE, REPLIES
from rtportal.messaging.kinds import MessageKind
from rtportal.messaging.models import WhatsAppTemplate

LIVES = [(30, "30 menit"), (60, "1 jam"), (180, "3 jam"), (720, "12 jam")]
_REPLIES = " dan ".join(f"“{text}”" for _, text in REPLIES)


class WhatsAppTemplateForm(forms.Form):
    """The words of one kind of message, and the buttons below them."""

    body = forms.CharField(
        label="Isi templat",
        max_length=2000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Tulis isian di antara kurung kurawal, misalnya {nama}. Paling panjang 1.024 huruf.",
    )
    footer = forms.CharField(
        label="Kaki pesan", max_length=60, required=False, help_text="Baris kecil di bawah isi, tanpa isian."
    )
    has_link = forms.BooleanField(label=f"Tombol “{LINK_BUTTON}” menuju tautan pribadi", required=False)
    has_replies = forms.BooleanField(label=f"Tombol jawaban {_REPLIES}", required=False)
    life_minutes = forms.TypedChoiceField(
        label="Masa antar",
        choices=LIVES,
        coerce=int,
        initial=60,
        help_text=(
            "Selama ini Meta mencoba mengantar ke HP yang sedang mati. Supaya tidak berbunyi di jam tenang, pesan "
            "tidak diserahkan lagi sejak sekian lama sebelum jam kirim berakhir."
        ),
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, kind: MessageKind, template: WhatsAppTemplate | None, proposed: str, **kwargs):
        names = ("body", "footer", "has_link", "has_replies", "life_minutes", "version")
        if template:
            kwargs["initial"] = {name: getattr(template, name) for name in names}
        else:
            kwargs["initial"] = {"body": proposed, "has_link": LINK_VARIABLE in kind.variables, "version": 0}
        super().__init__(*args, **kwargs)
        if LINK_VARIABLE not in kind.variables:
            self.fields["has_link"].disabled = True
            self.fields["has_link"].help_text = "Jenis pesan ini tidak mempunyai tautan pribadi."

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0
