"""What the portal remembers about its own running."""

from django.db import models
from django.db.models import Q


class BackupRun(models.Model):
    """One attempt to make a backup; `name` is the archive's file name, empty when there is none."""

    started_at = models.DateTimeField("mulai pada")
    finished_at = models.DateTimeField("selesai pada")
    name = models.CharField("berkas", max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField("ukuran", default=0)
    row_count = models.PositiveBigIntegerField("baris", default=0)
    file_count = models.PositiveBigIntegerField("berkas di dalamnya", default=0)
    # Why there is no archive.
    fault = models.CharField("sebab gagal", max_length=500, blank=True)

    class Meta:
        verbose_name = "pencadangan"
        ordering = ["-finished_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", fault__gt="") | Q(name__gt="", fault=""),
                name="backup_made_or_failed",
                violation_error_message="Pencadangan menghasilkan arsip atau sebab gagal, tidak keduanya.",
            )
        ]
        indexes = [models.Index(fields=["-finished_at"], name="backup_newest")]

    def __str__(self) -> str:
        return self.name or self.fault
