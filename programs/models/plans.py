"""Saved ways to split a programme's area into waves."""

from django.conf import settings
from django.db import models

from programs.models.programs import Program
from programs.models.scoped import ScopedQuerySet
from rtportal.lib.row_scope import RowScope


class WavePlanQuerySet(ScopedQuerySet):
    region_field = "program__region_id"

    def waiting(self):
        return self.filter(state=WavePlan.State.WAITING)


class WavePlan(models.Model):
    """One attempt at "Bagi gelombang": what was asked, the counts it was made with, and which area goes where.

    `problem` and `assignment` are what `programs.planner` reads and gives, as JSON.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "sedang dihitung"
        SOLVED = "solved", "siap"
        IMPOSSIBLE = "impossible", "tidak muat"
        FAILED = "failed", "gagal dihitung"

    program = models.ForeignKey(Program, models.CASCADE, related_name="plans", verbose_name="program")
    name = models.CharField("nama rencana", max_length=120)
    # The form as it was filled in: level, venues, reserve, dates, hours, rules, number of waves.
    wishes = models.JSONField("permintaan")
    problem = models.JSONField("soal")
    # Area code → slot key; empty while nothing fits.
    assignment = models.JSONField("pembagian", default=dict)
    # Bounds, proof and, where nothing fits, limits and reliefs.
    result = models.JSONField("hasil", default=dict)
    created_at = models.DateTimeField("dibuat pada")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.WAITING)
    # Large problems are the worker's: held by one until the lease runs out, tried a few times.
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField("diterima pada", null=True)
    version = models.PositiveIntegerField(default=1)

    objects = WavePlanQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana pembagian"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="plan_name_once_per_program",
                violation_error_message="Program ini sudah mempunyai rencana dengan nama itu.",
            ),
            RowScope(through="program", name="wave_plan_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name
