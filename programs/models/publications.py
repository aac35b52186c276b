"""The schedule of a wave as it was published, version by version."""

from django.conf import settings
from django.db import models

from programs.models.waves import Wave
from rtportal.lib.row_scope import RowScope


class WavePublication(models.Model):
    """One version of a wave's schedule. Rows are only ever added; `Wave.publication` is the newest."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField("terbitan ke")
    published_at = models.DateTimeField("diterbitkan pada")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diterbitkan oleh"
    )
    # Time, place and agenda as everybody outside the office reads them: `participants/publishing.py` writes it.
    facts = models.JSONField("isi jadwal")
    # What differs from the version before: label, before, after.
    changes = models.JSONField("perubahan", default=list)
    # Warnings that were knowingly accepted: key and sentence.
    acknowledged = models.JSONField("peringatan yang disetujui", default=list)

    class Meta:
        verbose_name = "terbitan jadwal"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="publication_number_once_per_wave"),
            RowScope(through="wave", name="wave_publication_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id} v{self.number}"
