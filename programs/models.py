"""Offices, programmes, venues, training waves and the rules of their reminders."""

from datetime import date, datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib import clock
from rtportal.regions.models import Region


class ScopedQuerySet(models.QuerySet):
    """Rows with a `region`: seen by whoever is responsible inside it, around it or within it."""

    region_field = "region_id"

    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows_touching(self.region_field))


class Office(models.Model):
    """The government office that invites (DPMD, Bagian Pemerintahan): what an RT head reads at the top."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    name = models.CharField("nama kantor", max_length=150)
    contact_name = models.CharField("narahubung", max_length=100)
    contact_phone = models.CharField("telepon narahubung", max_length=20)
    greeting = models.CharField("salam pembuka", max_length=60, default="Assalamualaikum")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kantor"
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="office_name_once_per_region",
                violation_error_message="Sudah ada kantor dengan nama ini di wilayah Anda.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Program(models.Model):
    """A capacity-building programme: a bimtek in several waves or a retreat of a whole city."""

    class Kind(models.TextChoices):
        BIMTEK = "bimtek", "Bimbingan teknis (bimtek)"
        RETREAT = "retreat", "Retret"

    class Companions(models.TextChoices):
        NONE = "none", "Tanpa pendamping"
        REQUIRED = "required", "Setiap ketua RT wajib membawa satu pendamping"

    office = models.ForeignKey(Office, models.PROTECT, related_name="programs", verbose_name="penyelenggara")
    # The office's region, repeated so that scope needs no join.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    name = models.CharField("nama program", max_length=200)
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.BIMTEK)
    aim = models.TextField("tujuan", blank=True)
    letter_number = models.CharField("nomor surat undangan", max_length=80, blank=True)
    companions = models.CharField("pendamping", max_length=10, choices=Companions, default=Companions.NONE)
    answer_days_before = models.PositiveSmallIntegerField(
        "batas jawaban (hari sebelum pelaksanaan)",
        default=2,
        validators=[MaxValueValidator(60)],
        help_text="Jawaban dapat diubah sampai akhir hari itu, waktu setempat.",
    )
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "program"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="program_name_once_per_region",
                violation_error_message="Sudah ada program dengan nama ini di wilayah Anda.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seats_per_head(self) -> int:
        """1, or 2 where each head must bring a companion."""
        return 2 if self.companions == self.Companions.REQUIRED else 1


class Venue(models.Model):
    """A hall with its capacity (seats)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    name = models.CharField("nama tempat", max_length=150)
    address = models.CharField("alamat", max_length=250, blank=True)
    capacity = models.PositiveIntegerField(
        "kapasitas (kursi)", validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )

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
        ]

    def __str__(self) -> str:
        return self.name


class WaveQuerySet(ScopedQuerySet):
    region_field = "program__region_id"

    def invited(self):
        return self.filter(invitations_opened_at__isnull=False)

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
        ]
        indexes = [models.Index(fields=["starts_at"], name="wave_starts_at")]

    def __str__(self) -> str:
        return f"{self.program.name} – {self.title}"

    @property
    def title(self) -> str:
        return f"Gelombang {self.number}"

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

    class Meta:
        ordering = ["region_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "region"],
                name="area_in_one_wave_per_program",
                violation_error_message="Wilayah ini sudah masuk gelombang lain dalam program yang sama.",
            )
        ]

    def __str__(self) -> str:
        return self.region_id


class ReminderRule(models.Model):
    """When whom to remind, relative to the wave's local day. Rows belong to a programme and can be edited."""

    class Audience(models.TextChoices):
        UNANSWERED = "unanswered", "yang belum menjawab"
        CONFIRMED = "confirmed", "yang menjawab hadir atau diwakili"

    program = models.ForeignKey(Program, models.CASCADE, related_name="reminder_rules")
    audience = models.CharField("untuk", max_length=12, choices=Audience)
    days_before = models.PositiveSmallIntegerField("hari sebelum pelaksanaan", validators=[MaxValueValidator(60)])
    local_time = models.TimeField("jam setempat", default=time(8, 0))
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "aturan pengingat"
        ordering = ["-days_before", "local_time"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "audience", "days_before"],
                name="reminder_rule_once",
                violation_error_message="Sudah ada pengingat untuk kelompok dan hari yang sama.",
            )
        ]

    def __str__(self) -> str:
        return f"H-{self.days_before} {self.get_audience_display()}"


# What a new programme starts with.
DEFAULT_REMINDER_RULES = [
    (ReminderRule.Audience.UNANSWERED, 7),
    (ReminderRule.Audience.CONFIRMED, 3),
    (ReminderRule.Audience.CONFIRMED, 1),
]
