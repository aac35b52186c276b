"""Append-only record of who did what to whom, and the chain that seals it."""

from django.conf import settings
from django.db import models
from django.db.models import F

from rtportal.lib.append_only import AppendOnly
from rtportal.lib.row_scope import RowScope


class AuditEvent(models.Model):
    """One thing that somebody did. Rows are only ever added; the database refuses anything else."""

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
        constraints = [
            AppendOnly(name="audit_event_append_only"),
            RowScope("region_code", above=True, unplaced=True, name="audit_event_in_scope"),
        ]
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="audit_event_newest_first"),
            models.Index(F("action"), F("at").desc(), name="audit_event_by_action"),
            models.Index(F("actor"), F("at").desc(), name="audit_event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.sentence}"


class AuditSeal(models.Model):
    """The place of an event in the chain: each hash covers the one before, so nothing behind it changes unnoticed."""

    position = models.PositiveBigIntegerField("urutan", primary_key=True)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="seal", verbose_name="catatan")
    sealed_at = models.DateTimeField("disegel pada")
    chain_hash = models.CharField("segel", max_length=64)

    class Meta:
        verbose_name = "segel riwayat"
        ordering = ["position"]
        constraints = [AppendOnly(name="audit_seal_append_only")]

    def __str__(self) -> str:
        return f"{self.position}: {self.chain_hash[:12]}"


class ChainCheck(models.Model):
    """What one walk over the whole chain found."""

    checked_at = models.DateTimeField("diperiksa pada", db_index=True)
    sealed_count = models.PositiveBigIntegerField("catatan tersegel")
    unsealed_count = models.PositiveBigIntegerField("belum disegel")
    head_position = models.PositiveBigIntegerField("urutan terakhir")
    head_hash = models.CharField("segel terakhir", max_length=64, blank=True)
    fault_count = models.PositiveBigIntegerField("kerusakan")
    # The first few, as sentences.
    faults = models.JSONField("uraian kerusakan", default=list)

    class Meta:
        verbose_name = "pemeriksaan riwayat"
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}: {self.fault_count}"
