"""Files the portal gives out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class GeneratedFile(models.Model):
    """One export somebody asked for: what, by whom, how far it is, where it lies."""

    class State(models.TextChoices):
        QUEUED = "queued", "antre"
        RUNNING = "running", "sedang dibuat"
        READY = "ready", "siap diunduh"
        FAILED = "failed", "gagal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="pembuat")
    export = models.CharField("jenis", max_length=60)
    format = models.CharField("format", max_length=10)
    params = models.JSONField("pilihan", default=dict)
    region_code = models.CharField("kode wilayah", max_length=13)
    subject = models.CharField("perihal", max_length=60, db_index=True)
    title = models.CharField("judul", max_length=200)
    filename = models.CharField("nama berkas", max_length=200)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.QUEUED)
    rows_total = models.PositiveIntegerField("jumlah baris", default=0)
    rows_done = models.PositiveIntegerField("baris selesai", default=0)
    path = models.CharField("letak", max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True)
    requested_at = models.DateTimeField("diminta pada")
    finished_at = models.DateTimeField("selesai pada", null=True)

    class Meta:
        verbose_name = "berkas"
        ordering = ["-requested_at"]
        indexes = [
            models.Index(fields=["owner", "-requested_at"], name="file_owner_requested"),
            models.Index(fields=["lease_until"], name="file_unfinished", condition=Q(state__in=["queued", "running"])),
        ]

    def __str__(self) -> str:
        return self.filename
