"""What people answer to a message, on the channel it came from."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedCharField
from rtportal.messaging.models.messages import Message


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Replies of people in the user's regions; those of nobody known are for whoever plans anywhere."""
        scope = scope_of(user)
        rows = scope.rows("region_code")
        return self.filter(rows | Q(region_code="") if scope.may_anywhere(Right.SCHEDULE) else rows)

    def new(self):
        return self.filter(state="new")


class Reply(models.Model):
    """One incoming message."""

    class State(models.TextChoices):
        NEW = "new", "belum ditangani"
        STOPPED = "stopped", "berhenti menerima pesan"
        RESUMED = "resumed", "menerima pesan lagi"
        ANSWERED = "answered", "dicatat sebagai jawaban"
        HANDLED = "handled", "sudah ditangani"

    channel = models.CharField("saluran", max_length=20)
    # How the provider calls it: the same one again changes nothing.
    external_id = models.CharField(max_length=200)
    address = SealedCharField("dari", max_length=254, context="address")
    sender_name = models.CharField("nama pengirim", max_length=200, blank=True)
    text = models.TextField("isi")
    received_at = models.DateTimeField("diterima pada")
    # The newest message we sent there, if there is one.
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="replies")
    # Of that message; empty where nobody knows the sender.
    region_code = models.CharField("kode wilayah", max_length=13, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.NEW)
    note = models.CharField("catatan", max_length=300, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ditangani oleh"
    )
    handled_at = models.DateTimeField("ditangani pada", null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "balasan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="reply_once"),
            RowScope("region_code", unplaced=True, name="reply_in_scope"),
        ]
        indexes = [
            # Finds a region and, by prefix, everything inside it.
            models.Index(fields=["region_code"], name="reply_in_region", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["-id"], name="reply_new", condition=Q(state="new")),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.text[:40]}"
