"""Days that a schedule should know of, and calendars that other programs read."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programs.models.programs import Office
from programs.models.scoped import ScopedQuerySet
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region


class SpecialDay(models.Model):
    """A holiday, a cuti bersama, the month of Ramadan or a local day, in one kabupaten/kota.

    Each region has its own rows, so an office may correct them without touching anybody else's.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", "Libur nasional"
        JOINT_LEAVE = "joint_leave", "Cuti bersama"
        RAMADAN = "ramadan", "Ramadan"
        LOCAL = "local", "Hari khusus daerah"

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.LOCAL)
    name = models.CharField("nama", max_length=150)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai")
    # Which row of the library it was seeded from, so that seeding again neither doubles nor revives it.
    source_key = models.CharField(max_length=120, blank=True)
    # A seeded day that does not hold here is switched off, not deleted.
    is_active = models.BooleanField("berlaku", default=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "hari khusus"
        ordering = ["starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "source_key"], condition=~Q(source_key=""), name="special_day_seeded_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="special_day_ends_after_start",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            RowScope("region_id", above=True, name="special_day_in_scope"),
        ]
        indexes = [models.Index(fields=["region", "starts_on"], name="special_day_region_start")]

    def __str__(self) -> str:
        return self.name


class CalendarFeedQuerySet(models.QuerySet):
    def open(self):
        """Those that still show the calendar."""
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """A secret address under which an office's published waves can be read by calendar programs."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="feeds", verbose_name="kantor")
    label = models.CharField("untuk", max_length=100)
    # The address is derived from the installation's key and this value; only its hash is kept.
    link_id = models.UUIDField(default=uuid.uuid4)
    link_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("dibuat pada")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField("dicabut pada", null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "alamat kalender"
        ordering = ["-id"]
        constraints = [RowScope(through="office", name="calendar_feed_in_scope")]

    def __str__(self) -> str:
        return self.label
