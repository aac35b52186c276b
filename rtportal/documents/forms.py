"""What somebody chooses about a file, besides its columns."""

from django import forms

from rtportal.documents.formats import FORMATS
from rtportal.documents.registry import Export
from rtportal.documents.tables import F4, PAPER_SIZES
from rtportal.documents.use_cases.request_export import LONGEST_PURPOSE, SHORTEST_PURPOSE


class ExportForm(forms.Form):
    """Format, paper, purpose, and whether identity is told in full."""

    format = forms.ChoiceField(label="Format", widget=forms.RadioSelect)
    paper = forms.ChoiceField(
        label="Kertas",
        choices=[(size.name, size.label) for size in PAPER_SIZES.values()],
        required=False,
        help_text="Untuk PDF dan untuk mencetak dari Excel.",
    )
    purpose = forms.CharField(
        label="Keperluan",
        max_length=LONGEST_PURPOSE,
        required=False,
        help_text="Tertulis di kaki setiap halaman. "
        f"Wajib untuk data lengkap, paling sedikit {SHORTEST_PURPOSE} huruf.",
    )
    full = forms.BooleanField(
        label="Sertakan NIK dan nomor HP lengkap",
        required=False,
        help_text="Tanpa ini keduanya disamarkan. Data lengkap tercatat di riwayat bersama keperluannya; "
        "hanya sebagai Excel atau PDF.",
    )

    def __init__(self, data=None, *, export: Export, may_unmask: bool, initial: dict | None = None):
        super().__init__(data, initial={"format": export.formats[0], "paper": F4.name} | (initial or {}))
        self.fields["format"].choices = [(name, FORMATS[name].label) for name in export.formats]
        if not (may_unmask and export.has_identity):
            del self.fields["full"]
        for name, field in self.fields.items():
            if name in {"paper", "purpose"}:
                field.widget.attrs["class"] = "form-select" if name == "paper" else "form-control"
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"

    def refuse(self, sentence: str) -> None:
        """An error about the whole."""
        self.add_error(None, sentence)
