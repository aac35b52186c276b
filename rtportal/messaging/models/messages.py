"""The outbox: what is to be said to whom, and what became of it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedCharField, SealedJSONField
from rtportal.messaging.models.scoped import ScopedQuerySet


class State(models.TextChoices):
    QUEUED = "queued", "antre"
    TASK = "task", "menunggu petugas"
    SENDING = "sending", "sedang dikirim"
    ACCEPTED = "accepted", "terkirim"
    DELIVERED = "delivered", "sampai"
    READ = "read", "dibaca"
    FAILED = "failed", "gagal"
    UNKNOWN = "unknown", "tidak pasti"
    EXPIRED = "expired", "terlambat"
    WITHDRAWN = "withdrawn", "ditarik"


# The person got it, as far as its channel knows.
REACHED = frozenset({State.ACCEPTED, State.DELIVERED, State.READ})


class Failure(models.TextChoices):
    """Why a message failed."""

    ADDRESS = "address", "alamat atau nomor tidak dapat dipakai"
    REFUSED = "refused", "ditolak"
    CONTENT = "content", "isi pesan tidak diterima"
    CHANNEL = "channel", "saluran tidak tersedia"
    OPTED_OUT = "opted_out", "penerima berhenti menerima pesan di saluran ini"
    UNDELIVERED = "undelivered", "tidak sampai"


class MessageQuerySet(ScopedQuerySet):
    def queued(self):
        return self.filter(state=State.QUEUED)

    def due(self, now: datetime):
        return self.queued().filter(due_at__lte=now)

    def waiting(self):
        """Whose text is not made yet: queued for a worker, or a task that nobody has opened or printed."""
        return self.filter(Q(state=State.QUEUED) | Q(state=State.TASK, started_at=None))

    def tasks(self):
        return self.filter(state=State.TASK)

    def unknown(self):
        return self.filter(state=State.UNKNOWN)

    def reached(self):
        """Those that somebody got, as far as the channel knows."""
        return self.filter(state__in=REACHED)

    def not_passed_on(self):
        """Failures that nobody followed up yet."""
        return self.filter(state=State.FAILED, passed_on_at=None)


class Message(models.Model):
    """One message to one person over one channel, written in the transaction of the event it tells about.

    When it fails, the next link of its `route` becomes a message of its own (`use_cases/pass_on_failures.py`).
    A message that a person carries out (a task: letter, own telephone) is never claimed by a worker; `started_at`
    says since when it is printed or opened.

    A worker claims rows by a lease, marks each row `started_at` right before its send and closes it right after.
    So when a worker dies, rows not started are simply due again, and the one that was under way is *unknown*: a
    human decides, it is never sent again blindly.
    """

    State = State
    Failure = Failure

    class Hold(models.TextChoices):
        """What moved the due time of a queued message."""

        QUIET = "quiet", "jam tenang"

    # The same event for the same person has the same key, so enqueueing twice sends once.
    dedupe_key = models.CharField(max_length=200)
    kind = models.CharField("jenis", max_length=40)
    channel = models.CharField("saluran", max_length=20)
    address = SealedCharField("alamat", max_length=254, context="address")
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
    # Which rule moved `due_at` of a queued message; a due time to come without one is a plan.
    hold = models.CharField("ditahan karena", max_length=10, choices=Hold, blank=True)
    # Who lets it go at once in spite of the quiet hours, and why.
    urgent_reason = models.CharField("alasan mendesak", max_length=200, blank=True)
    urgent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="dinyatakan mendesak oleh",
    )
    # The links that follow should this one fail: [[channel, address], …].
    route = SealedJSONField("saluran berikutnya", default=list, context="route")
    # Made-up people of the demo: no telephone rings for them.
    is_synthetic = models.BooleanField("data contoh", default=False)
    failure = models.CharField("sebab gagal", max_length=12, choices=Failure, blank=True)
    # A failure was followed up: the next link was written, or there was none.
    passed_on_at = models.DateTimeField("dilanjutkan pada", null=True)
    # The instant of the newest report from the channel (delivered, read, failed).
    reported_at = models.DateTimeField("dilaporkan pada", null=True)
    lease = models.CharField(max_length=36, blank=True)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    # Who has the task open on the own telephone.
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="dibuka oleh",
    )
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
                condition=(Q(state="sending") & ~Q(lease="") & Q(lease_until__isnull=False))
                | (~Q(state="sending") & Q(lease="") & Q(lease_until__isnull=True)),
                name="message_lease_while_leased",
            ),
            RowScope("region_code", name="message_in_scope"),
        ]
        # Every close of a message writes into each index whose condition it meets, so there are few.
        indexes = [
            # Finds a region and, by prefix, everything inside it.
            models.Index(fields=["region_code"], name="message_region", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["due_at", "id"], name="message_due", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="message_leased", condition=Q(state="sending")),
            # With the newest first, as pages ask for it: else PostgreSQL may walk the whole primary key instead.
            models.Index(fields=["kind", "about_id", "-id"], name="message_kind_about"),
            models.Index(
                fields=["state", "-id"],
                name="message_not_sent",
                condition=Q(state__in=["failed", "unknown", "expired", "withdrawn"]),
            ),
            models.Index(
                fields=["id"], name="message_not_passed_on", condition=Q(state="failed", passed_on_at__isnull=True)
            ),
            # Handed on by the provider, and not heard of since: nearly all of them are soon delivered.
            models.Index(
                fields=["closed_at"],
                name="message_not_delivered",
                condition=Q(state="accepted", reported_at__isnull=False),
            ),
            # The pages of what people carry out, by kelurahan/desa.
            models.Index(fields=["channel", "region_code", "id"], name="message_task", condition=Q(state="task")),
            # How a provider calls it in its reports. A Message-ID holds our own key already.
            models.Index(
                fields=["reference"],
                name="message_reference",
                condition=~Q(reference="") & ~Q(reference__startswith="<"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_name}"

    @property
    def is_waiting(self) -> bool:
        """What `MessageQuerySet.waiting` finds."""
        return self.state == State.QUEUED or (self.state == State.TASK and self.started_at is None)


class DeliveryAttempt(models.Model):
    """One try to hand a message over, with its outcome."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "terkirim"
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
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once"),
            RowScope(through="message", name="delivery_attempt_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} #{self.number}: {self.outcome}"
