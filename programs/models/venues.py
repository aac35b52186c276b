"""Halls, and when they are taken."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from programs.models.scoped import ScopedQuerySet
from rtportal.lib.no_overlap import NoOverlap
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region


class Venue(models.Model):
    """A hall with its capacity (seats)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    name = models.CharField("nama tempat", max_length=150)
    address = models.CharField("alamat", max_length=250, blank=True)
    capacity = models.PositiveIntegerField(
        "kapasitas (kursi)", validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )

    # Both or none: without them the hall may be used at any hour.
    opens_at = models.TimeField("buka", null=True, blank=True)
    closes_at = models.TimeField("tutup", null=True, blank=True)
    # Where it stands: the way of a speaker from hall to hall is reckoned from it.
    latitude = models.FloatField("lintang", null=True, blank=True)
    longitude = models.FloatField("bujur", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "tempat"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="venue_name_once_per_region",
                violation_error_message="Sudah ada tempat dengan nama ini di wilayah Anda.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="venue_has_seats",
                violation_error_message="Kapasitas paling sedikit 1 kursi.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                # One hour alone compares as "unknown", which a database lets pass.
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
                name="venue_closes_after_opening",
                violation_error_message="Isi jam buka dan jam tutup, dan jam tutup harus setelah jam buka.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="venue_stands_on_earth",
                violation_error_message="Isi lintang dan bujur berdua, misalnya -2,17 dan 115,38.",
            ),
            RowScope("region_id", above=True, used_by="waves", name="venue_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name


class HallBooking(models.Model):
    """A published wave has its hall from its start to its end. Rows come and go with publication only."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="bookings")
    wave = models.OneToOneField("programs.Wave", models.CASCADE, related_name="hall_booking")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = "pemakaian tempat"
        constraints = [
            NoOverlap(
                key="venue",
                starts="starts_at",
                ends="ends_at",
                name="hall_taken_once_at_a_time",
                violation_error_message="Tempat ini sudah dipakai gelombang lain pada waktu itu.",
            ),
            RowScope(through="venue", name="hall_booking_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id}: {self.wave_id}"
