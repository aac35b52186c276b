"""Heads who go from one wave to another, and those who wait for a seat."""

from django.conf import settings
from django.db import models

from participants.models.enrolments import Enrolment
from programs.models import Wave
from rtportal.lib.row_scope import RowScope


class EnrolmentMove(models.Model):
    """One move as it happened. Rows are only ever added."""

    class Cause(models.TextChoices):
        MOVED = "moved", "dipindahkan"
        SWAPPED = "swapped", "ditukar"
        PROMOTED = "promoted", "naik dari daftar tunggu"
        POURED = "poured", "dialihkan karena gelombang dibatalkan"
        CAUGHT_UP = "caught_up", "diundang ke gelombang susulan"

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="moves")
    from_wave = models.ForeignKey(Wave, models.CASCADE, related_name="+", verbose_name="dari")
    to_wave = models.ForeignKey(Wave, models.CASCADE, related_name="+", verbose_name="ke")
    cause = models.CharField("sebab", max_length=10, choices=Cause)
    reason = models.CharField("alasan", max_length=300, blank=True)
    at = models.DateTimeField("waktu")
    # Empty where the waiting list moved by itself.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "perpindahan"
        ordering = ["-id"]
        constraints = [RowScope(through="enrolment", name="enrolment_move_in_scope")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.from_wave_id} → {self.to_wave_id}"


class WaitingPlace(models.Model):
    """A participant of one wave waits for a seat in another one of the programme; first come, first served."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="waiting_places")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="waiting_places", verbose_name="menunggu")
    since = models.DateTimeField("sejak")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Promoted, taken off, or pointless since the wave began or was cancelled.
    closed_at = models.DateTimeField("selesai pada", null=True)

    class Meta:
        verbose_name = "daftar tunggu"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(closed_at=None), name="waits_for_one_wave_at_a_time"
            ),
            RowScope(through="enrolment", name="waiting_place_in_scope"),
        ]
        indexes = [
            models.Index(fields=["wave", "since"], name="waiting_wave", condition=models.Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} menunggu {self.wave_id}"
