"""What officials write about a wave."""

from django import forms

from participants.models import WaveReport
from participants.queries.wave_report import LABELS
from participants.use_cases.add_wave_photo import LARGEST_PHOTO, LONGEST_CAPTION, MOST_PHOTOS
from programs.forms.base import DomainForm, VersionForm


def _text(field: str, rows: int, hint: str) -> forms.CharField:
    longest = WaveReport._meta.get_field(field).max_length
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control"})
    return forms.CharField(label=LABELS[field], required=False, max_length=longest, widget=widget, help_text=hint)


class WaveReportForm(VersionForm):
    """Minutes, evaluation, conclusion."""

    minutes = _text("minutes", 10, "Jalannya acara, pokok bahasan, dan hasilnya. Baris kosong memisahkan paragraf.")
    evaluation = _text("evaluation", 6, "Apa yang berjalan baik, apa yang kurang, hasil evaluasi peserta bila ada.")
    conclusion = _text("conclusion", 5, "")

    def __init__(self, data=None, *, report: WaveReport):
        super().__init__(data, initial={name: getattr(report, name) for name in (*LABELS, "version")})


class PhotoForm(DomainForm):
    """One photo and what it shows."""

    photo = forms.FileField(
        label="Foto",
        help_text=f"JPEG atau PNG, paling besar {LARGEST_PHOTO // 1024**2} MB, paling banyak {MOST_PHOTOS} foto. "
        "Keterangan tempat dari kamera dihapus.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png", "data-shrink": "1920"}),
        error_messages={"required": "Pilih foto dulu.", "empty": "Berkas ini kosong. Pilih foto lain."},
    )
    caption = forms.CharField(label="Keterangan foto", required=False, max_length=LONGEST_CAPTION)
