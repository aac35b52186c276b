"""What the development inbox received."""

from django.db import models

from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedCharField
from rtportal.messaging.models.messages import Message
from rtportal.messaging.models.scoped import ScopedQuerySet


class InboxItem(models.Model):
    """What the development inbox received: the channel that sends nothing outside this machine."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="inbox_item")
    address = SealedCharField("alamat", max_length=254, context="address")
    recipient_name = models.CharField("penerima", max_length=200)
    region_code = models.CharField("kode wilayah", max_length=13, db_index=True)
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    received_at = models.DateTimeField("diterima pada")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "surat masuk percobaan"
        ordering = ["-id"]
        constraints = [RowScope("region_code", name="inbox_item_in_scope")]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"
