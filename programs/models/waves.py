"""Training waves: when, where and for the heads of which areas."""

from datetime import date, datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from programs.models.programs import Program
from programs.models.scoped import ScopedQuerySet
from programs.models.venues import Venue
from rtportal.lib import clock
from rtportal.lib.row_scope import RowScope
from rtportal.regions.area_keys import area_full_name, area_name, make_key
from rtportal.regions.models import Region


class WaveQuerySet(ScopedQuerySet):
    region_field = "program__region_id"

    def invited(self):
        return self.filter(invitations_opened_at__isnull=False)

    def published(self):
        """Those whose schedule binds: a hall is taken, people may be told."""
        return self.filter(publication__isnull=False, cancelled_at=None)

    def ending_after(self, now: datetime):
        return self.filter(ends_at__gt=now)


class Wave(models.Model):
    """One training wave (gelombang): a programme at one time in one venue for the heads of some areas."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="waves", verbose_name="program")
    number = models.PositiveSmallIntegerField("gelombang ke", validators=[MinValueValidator(1), MaxValueValidator(999)])
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="waves", verbose_name="tempat")
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    areas = models.ManyToManyField(Region, through="WaveArea", related_name="+", verbose_name="wilayah peserta")
    # How many seats beyond the capacity an official has knowingly accepted (total seats needed at that time).
    seats_acknowledged = models.PositiveIntegerField("kursi yang disetujui", default=0)
    invitations_opened_at = models.DateTimeField("undangan dibuka pada", null=True)
    # The schedule as people outside the office may know it; empty while the wave is a draft.
    publication = models.ForeignKey(
        "programs.WavePublication", models.SET_NULL, null=True, related_name="+", verbose_name="jadwal terbit"
    )
    cancelled_at = models.DateTimeField("dibatalkan pada", null=True)
    cancel_reason = models.CharField("alasan pembatalan", max_length=300, blank=True)
    # For those who were absent from earlier waves: they come by hand, not by area.
    is_catch_up = models.BooleanField("gelombang susulan", default=False)
    # Grows with every edit, so that two officials cannot overwrite each other unknowingly.
    version = models.PositiveIntegerField(default=1)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = "gelombang"
        ordering = ["starts_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="wave_number_once_per_program",
                violation_error_message="Program ini sudah mempunyai gelombang dengan nomor itu.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="wave_ends_after_start",
                violation_error_message="Waktu selesai harus setelah waktu mulai.",
            ),
            RowScope(through="program", name="wave_in_scope"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="wave_starts_at")]

    def __str__(self) -> str:
        return f"{self.program.name} – {self.title}"

    @property
    def title(self) -> str:
        return f"Gelombang {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.publication_id is None and self.cancelled_at is None

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def zone(self) -> str:
        """IANA name of the zone the wave happens in (needs `program.region`)."""
        return self.program.region.time_zone

    @property
    def local_day(self) -> date:
        return clock.local_date(self.starts_at, self.zone)

    @property
    def span_words(self) -> str:
        """`Rabu, 8 November 2023, 08.00–15.30 WITA`."""
        return clock.span_words(self.starts_at, self.ends_at, self.zone)

    @property
    def answer_deadline(self) -> datetime:
        """Last instant at which an answer may be given: the local end of the day H-n."""
        return clock.end_of_local_day(self.local_day - timedelta(days=self.program.answer_days_before), self.zone)

    @property
    def group(self) -> str:
        """Key of this wave in the outbox and the history."""
        return f"wave:{self.pk}"


class WaveArea(models.Model):
    """An area (normally a kecamatan) whose RT heads belong to the wave."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="wave_areas")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    # Only where a kelurahan/desa was split: the part of it with this RW (`003`); empty is the whole region.
    rw = models.CharField("RW", max_length=5, blank=True)

    class Meta:
        ordering = ["region_id", "rw"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "region", "rw"],
                name="area_in_one_wave_per_program",
                violation_error_message="Wilayah ini sudah masuk gelombang lain dalam program yang sama.",
            ),
            RowScope(through="program", name="wave_area_in_scope"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """`63.09.06`, or `63.09.06.1001/003` for an RW: what `head_counts` and `in_areas` take."""
        return make_key(self.region_id, self.rw)

    @property
    def name(self) -> str:
        """`Jaro`, `RW 003 Pembataan` (needs `region`)."""
        return area_name(self.region, self.rw)

    @property
    def full_name(self) -> str:
        """`Kecamatan Jaro`, `RW 003 Kelurahan Pembataan` (needs `region`)."""
        return area_full_name(self.region, self.rw)
