"""Append-only record of who did what to whom."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody did. Rows are only ever added."""

    at = models.DateTimeField("waktu", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="pelaku"
    )
    # Who acted, in words that stay true when the account is renamed; RT heads and the system have no account.
    actor_label = models.CharField("pelaku", max_length=200)
    action = models.CharField("tindakan", max_length=60)
    sentence = models.CharField("uraian", max_length=500)
    region_code = models.CharField("kode wilayah", max_length=13, db_index=True)
    # Such as `wave:12`: what a page's history tab asks for.
    subject = models.CharField("perihal", max_length=60, db_index=True)
    data = models.JSONField("rincian", default=dict)

    class Meta:
        verbose_name = "catatan riwayat"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.sentence}"
