"""What was decided about substitutes."""

from django.conf import settings
from django.db import models

from participants.models.enrolments import Enrolment
from rtportal.lib.row_scope import RowScope


class SubstituteDecision(models.Model):
    """One decision about a substitute (wakil), or a letter of theirs handed in. Rows are only ever added."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "disetujui"
        REFUSED = "refused", "ditolak"
        LETTER = "letter", "surat tugas diterima"
        NO_LETTER = "no_letter", "surat tugas belum diterima"

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="substitute_decisions")
    outcome = models.CharField("keputusan", max_length=9, choices=Outcome)
    substitute_name = models.CharField("nama wakil", max_length=120)
    note = models.CharField("alasan", max_length=300, blank=True)
    at = models.DateTimeField("waktu")
    # Empty where the substitute turned out to be a head of the same wave.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "keputusan tentang wakil"
        ordering = ["-id"]
        constraints = [RowScope(through="enrolment", name="substitute_decision_in_scope")]

    def __str__(self) -> str:
        return f"{self.substitute_name} ({self.get_outcome_display()})"
