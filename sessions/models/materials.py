"""What speakers bring: slides and papers."""

import uuid

from django.conf import settings
from django.db import models

from rtportal.lib.row_scope import RowScope
from sessions.models.agenda import TrainingSession
from sessions.models.speakers import Speaker


class Material(models.Model):
    """A file of a session. It lies in private storage under `path`; `name` is what it was called when uploaded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="materials", verbose_name="sesi")
    # Empty where an official uploaded it.
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="materials", verbose_name="narasumber")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("diunggah pada")
    name = models.CharField("nama berkas", max_length=150)
    path = models.CharField(max_length=200)
    content_type = models.CharField("jenis", max_length=100)
    size = models.PositiveIntegerField("ukuran (byte)")
    # Since when participants may fetch it through their personal link; empty while they may not.
    released_at = models.DateTimeField("dibagikan pada", null=True)

    class Meta:
        verbose_name = "materi"
        ordering = ["-uploaded_at"]
        constraints = [RowScope(through="session", name="material_in_scope")]

    def __str__(self) -> str:
        return self.name
