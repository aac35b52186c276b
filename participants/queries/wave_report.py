"""What the office wrote about a wave, and its photos."""

from django.db.models import QuerySet

from participants.models import WavePhoto, WaveReport
from programs.models import Wave

LABELS = {"minutes": "Notulen", "evaluation": "Evaluasi", "conclusion": "Kesimpulan dan saran"}
# In the history a long text is told by its beginning.
_TOLD = 300


def report_of(wave: Wave) -> WaveReport:
    """The report; an empty one of version 0, not saved, where there is none."""
    return WaveReport.objects.filter(pk=wave.pk).first() or WaveReport(wave=wave, version=0)


def photos_of(wave: Wave) -> QuerySet[WavePhoto]:
    return WavePhoto.objects.filter(wave=wave).order_by("uploaded_at", "pk")


def report_values(report: WaveReport) -> dict[str, str]:
    """Label → the whole text."""
    return {label: getattr(report, field) for field, label in LABELS.items()}


def told(text: str) -> str:
    """The beginning of a text, for a line of the history."""
    return text if len(text) <= _TOLD else f"{text[:_TOLD]}…"
