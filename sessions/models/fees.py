"""What speakers are paid."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from programs.models import Wave
from rtportal.lib.row_scope import RowScope
from sessions.models.speakers import Speaker


class SpeakerFee(models.Model):
    """The fee (honor) of a speaker for a wave, before tax; whole rupiah."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="speaker_fees")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="fees", verbose_name="narasumber")
    amount = models.PositiveIntegerField("honor (Rp)", validators=[MaxValueValidator(1_000_000_000)])
    tax_percent = models.DecimalField(
        "pajak (%)",
        max_digits=4,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(50)],
    )
    paid_at = models.DateTimeField("dibayar pada", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "honor narasumber"
        ordering = ["wave_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "speaker"], name="speaker_fee_once_per_wave"),
            RowScope(through="wave", name="speaker_fee_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} @ {self.wave_id}"
