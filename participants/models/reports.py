"""What the office writes about a wave when it is over."""

import uuid

from django.conf import settings
from django.db import models

from programs.models import Wave
from rtportal.lib.row_scope import RowScope


class WaveReport(models.Model):
    """Words of the report (laporan kegiatan), the record (berita acara) and the minutes (notulen) of a wave."""

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="report")
    minutes = models.TextField("notulen", max_length=20_000, blank=True)
    evaluation = models.TextField("evaluasi", max_length=10_000, blank=True)
    conclusion = models.TextField("kesimpulan dan saran", max_length=10_000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "laporan kegiatan"
        constraints = [RowScope(through="wave", name="wave_report_in_scope")]

    def __str__(self) -> str:
        return str(self.wave_id)


class WavePhoto(models.Model):
    """A photo of the event for its report. It lies in private storage, shrunk and without its camera's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="photos", verbose_name="gelombang")
    path = models.CharField(max_length=200)
    caption = models.CharField("keterangan", max_length=200, blank=True)
    uploaded_at = models.DateTimeField("diunggah pada")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "foto kegiatan"
        ordering = ["uploaded_at", "id"]
        constraints = [RowScope(through="wave", name="wave_photo_in_scope")]

    def __str__(self) -> str:
        return self.caption or str(self.id)
