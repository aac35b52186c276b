"""What the portal knows about its channels: their health and budget, what they reported, and who does not want them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from rtportal.lib.sealed import SealedCharField, SealedJSONField


class ChannelState(models.Model):
    """One row per channel. Whoever claims messages of a channel with a pace locks it, so that budgets hold."""

    channel = models.CharField("saluran", max_length=20, primary_key=True)
    # Since when it takes nothing, and why; the next message it accepts clears both.
    unavailable_since = models.DateTimeField("tidak melayani sejak", null=True)
    detail = models.CharField("keterangan", max_length=500, blank=True)
    # Its budget is used up, or it asked us to wait: nothing is claimed before.
    paused_until = models.DateTimeField("berhenti sampai", null=True)
    pause_reason = models.CharField("alasan berhenti", max_length=200, blank=True)
    # The first slot nobody has reserved yet, for channels with a gap between two messages.
    next_send_at = models.DateTimeField(null=True)
    last_accepted_at = models.DateTimeField("terakhir menerima", null=True)

    class Meta:
        verbose_name = "keadaan saluran"

    def __str__(self) -> str:
        return self.channel


class ChannelUse(models.Model):
    """An address written to over a channel with a pace: reserved before the call, kept for a day."""

    channel = models.CharField(max_length=20)
    address = SealedCharField(max_length=254, context="address")
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = "pemakaian saluran"
        indexes = [models.Index(fields=["channel", "used_at"], name="channel_use")]

    def __str__(self) -> str:
        return f"{self.channel} → {self.address}"


class ChannelEvent(models.Model):
    """What a provider told us, as it came. The same event again is the same row."""

    channel = models.CharField("saluran", max_length=20)
    # Made of the event's own ids, so that a repeated one is recognised.
    key = models.CharField(max_length=200)
    payload = SealedJSONField("isi", context="event")
    received_at = models.DateTimeField("diterima pada")
    processed_at = models.DateTimeField("diproses pada", null=True)
    outcome = models.CharField("hasil", max_length=200, blank=True)

    class Meta:
        verbose_name = "laporan saluran"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="channel_event_once")]
        indexes = [models.Index(fields=["id"], name="channel_event_waiting", condition=Q(processed_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.channel}: {self.key}"


class OptOut(models.Model):
    """Somebody does not want messages on this channel at this address."""

    channel = models.CharField("saluran", max_length=20)
    address = SealedCharField("alamat", max_length=254, context="address")
    since = models.DateTimeField("sejak")
    source = models.CharField("asal", max_length=200)
    # Taken back by its owner.
    ended_at = models.DateTimeField("diakhiri pada", null=True)

    class Meta:
        verbose_name = "berhenti menerima"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"], condition=Q(ended_at__isnull=True), name="opted_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.address}"


# Meta lets only templates of this category have an end within hours.
UTILITY = "UTILITY"


class WhatsAppTemplateQuerySet(models.QuerySet):
    def usable(self):
        """Those with which a message may be sent now."""
        return self.filter(status=WhatsAppTemplate.Status.APPROVED, category=UTILITY)


class WhatsAppTemplate(models.Model):
    """The wording of one kind of message that Meta approves, and how far its approval is."""

    class Status(models.TextChoices):
        DRAFT = "draft", "belum diajukan"
        PENDING = "pending", "menunggu persetujuan Meta"
        APPROVED = "approved", "disetujui"
        REJECTED = "rejected", "ditolak"
        PAUSED = "paused", "dihentikan sementara"

    kind = models.CharField("jenis pesan", max_length=40, unique=True)
    name = models.CharField("nama templat", max_length=100, unique=True)
    language = models.CharField("bahasa", max_length=10, default="id")
    category = models.CharField("kategori", max_length=20, default=UTILITY)
    body = models.TextField("isi")
    footer = models.CharField("kaki", max_length=60, blank=True)
    # Names of our variables in the order of {{1}}, {{2}}, …
    parameters = models.JSONField("urutan isian", default=list)
    has_link = models.BooleanField("tombol tautan pribadi", default=True)
    has_replies = models.BooleanField("tombol jawaban Hadir/Tidak", default=False)
    # How long Meta may try to deliver to a telephone that is off: nothing is handed over later than that before the
    # sending hours end.
    life_minutes = models.PositiveSmallIntegerField("masa antar (menit)", default=60)
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.DRAFT)
    reason = models.CharField("alasan", max_length=300, blank=True)
    external_id = models.CharField("nomor di Meta", max_length=60, blank=True)
    changed_at = models.DateTimeField("berubah pada")
    version = models.PositiveIntegerField(default=1)

    objects = WhatsAppTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "templat WhatsApp"
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.name

    @property
    def life(self) -> timedelta:
        return timedelta(minutes=self.life_minutes)


class Heartbeat(models.Model):
    """When a part of the portal that works unseen was last alive."""

    name = models.CharField(max_length=40, primary_key=True)
    beaten_at = models.DateTimeField()

    class Meta:
        verbose_name = "tanda hidup"

    def __str__(self) -> str:
        return self.name
