"""The texts of messages as admins wrote them, version by version."""

from django.conf import settings
from django.db import models


class Wording(models.Model):
    """One version of the words of a kind of message, for one programme. The newest holds; rows are only ever added.

    Empty texts mean the portal's own words again.
    """

    kind = models.CharField("jenis pesan", max_length=40)
    # Such as `program:12`.
    scope = models.CharField(max_length=60)
    number = models.PositiveIntegerField("versi")
    subject = models.CharField("perihal", max_length=200, blank=True)
    text = models.TextField("isi", blank=True)
    # For channels that count characters.
    short = models.CharField("isi singkat", max_length=480, blank=True)
    created_at = models.DateTimeField("disimpan pada")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="disimpan oleh"
    )

    class Meta:
        verbose_name = "kata-kata pesan"
        ordering = ["kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["scope", "kind", "number"], name="wording_version_once")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.scope}) #{self.number}"
