"""The outbox: what is to be said to whom, and what became of it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Rows about people in the user's regions."""
        return self.filter(scope_of(user).rows("region_code"))


class MessageQuerySet(ScopedQuerySet):
    def queued(self):
        return self.filter(state="queued")

    def due(self, now: datetime):
        return self.queued().filter(due_at__lte=now)

    def unknown(self):
        return self.filter(state="unknown")


class Message(models.Model):
    """One message to one person, written in the transaction of the event it tells about.

    A worker claims rows by a lease, marks each row `started_at` right before its send and closes it right after.
    So when a worker dies, rows not started are simply due again, and the one that was under way is *unknown*: a
    human decides, it is never sent again blindly.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "antre"
        LEASED = "leased", "sedang dikirim"
        SENT = "sent", "terkirim"
        FAILED = "failed", "gagal"
        UNKNOWN = "unknown", "tidak pasti"
        EXPIRED = "expired", "terlambat"
        CANCELLED = "cancelled", "dibatalkan"

    # The same event for the same person has the same key, so enqueueing twice sends once.
    dedupe_key = models.CharField(max_length=200)
    kind = models.CharField("jenis", max_length=40)
    channel = models.CharField("saluran", max_length=20)
    address = models.CharField("alamat", max_length=254)
    recipient_name = models.CharField("penerima", max_length=200)
    region_code = models.CharField("kode wilayah", max_length=13)
    # Such as `wave:12`: the messages of one wave move with it.
    group = models.CharField(max_length=60)
    # Primary key of what the message is about in its kind's own table (an enrolment for an invitation).
    about_id = models.BigIntegerField()
    # Which version of it the text told, by the kind's own count; written as the send begins.
    edition = models.BigIntegerField(null=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField("antre sejak")
    due_at = models.DateTimeField("dikirim mulai")
    # Not sent at or after this instant (a reminder must not come after its event).
    expires_at = models.DateTimeField("tidak dikirim setelah", null=True)
    lease = models.CharField(max_length=36, blank=True)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField("selesai pada", null=True)
    attempt_count = models.PositiveSmallIntegerField("percobaan", default=0)
    subject = models.CharField("perihal", max_length=200, blank=True)
    reference = models.CharField("nomor kiriman", max_length=200, blank=True)
    detail = models.CharField("keterangan", max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan"
        ordering = ["-id"]
        constraints = [
            # Not `unique=True`, which adds a second index for LIKE on PostgreSQL.
            models.UniqueConstraint(fields=["dedupe_key"], name="message_dedupe_key_once"),
            models.CheckConstraint(
                condition=(Q(state="leased") & ~Q(lease="") & Q(lease_until__isnull=False))
                | (~Q(state="leased") & Q(lease="") & Q(lease_until__isnull=True)),
                name="message_lease_while_leased",
            ),
        ]
        # Every close of a message writes into each index whose condition it meets, so there are few.
        indexes = [
            # Finds a region and, by prefix, everything inside it.
            models.Index(fields=["region_code"], name="message_region", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["due_at", "id"], name="message_due", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="message_leased", condition=Q(state="leased")),
            # With the newest first, as pages ask for it: else PostgreSQL may walk the whole primary key instead.
            models.Index(fields=["kind", "about_id", "-id"], name="message_kind_about"),
            models.Index(
                fields=["state", "-id"],
                name="message_not_sent",
                condition=Q(state__in=["failed", "unknown", "expired", "cancelled"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_name}"


class DeliveryAttempt(models.Model):
    """One try to hand a message over, with its outcome."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "diterima peladen"
        TEMPORARY = "temporary", "ditolak sementara"
        PERMANENT = "permanent", "ditolak"
        UNKNOWN = "unknown", "tidak pasti"

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField("percobaan ke")
    channel = models.CharField("saluran", max_length=20)
    started_at = models.DateTimeField("mulai")
    ended_at = models.DateTimeField("selesai")
    outcome = models.CharField("hasil", max_length=10, choices=Outcome)
    detail = models.CharField("keterangan", max_length=500, blank=True)

    class Meta:
        verbose_name = "percobaan kirim"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"{self.message_id} #{self.number}: {self.outcome}"


class InboxItem(models.Model):
    """What the development inbox received: the channel that sends nothing outside this machine."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="inbox_item")
    address = models.CharField("alamat", max_length=254)
    recipient_name = models.CharField("penerima", max_length=200)
    region_code = models.CharField("kode wilayah", max_length=13, db_index=True)
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    received_at = models.DateTimeField("diterima pada")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "surat masuk percobaan"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"
