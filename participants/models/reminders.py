"""Reminders planned for a wave: one row for each rule, due at an instant."""

from datetime import datetime

from django.db import models

from programs.models import ReminderRule, Wave
from rtportal.lib.row_scope import RowScope


class ReminderQuerySet(models.QuerySet):
    def due(self, now: datetime):
        return self.filter(state=Reminder.State.PENDING, due_at__lte=now)


class Reminder(models.Model):
    """What a rule means for one wave. The sweep turns due rows into messages."""

    class State(models.TextChoices):
        PENDING = "pending", "menunggu"
        DONE = "done", "dikirim"
        LATE = "late", "terlambat"  # would have come after the wave; not sent
        SKIPPED = "skipped", "dilewati"  # its time had passed when the invitations were opened

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="reminders")
    rule = models.ForeignKey(ReminderRule, models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField("dikirim mulai")
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.PENDING)
    closed_at = models.DateTimeField("selesai pada", null=True)
    message_count = models.PositiveIntegerField("jumlah pesan", default=0)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "pengingat"
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "rule"], name="reminder_once_per_rule"),
            RowScope(through="wave", name="reminder_in_scope"),
        ]
        indexes = [models.Index(fields=["due_at"], name="reminder_due", condition=models.Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.rule} ({self.wave_id})"
