"""Offices, their programmes and the rules of reminders."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from programs.models.scoped import ScopedQuerySet
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region


class Office(models.Model):
    """The government office that invites (DPMD, Bagian Pemerintahan): what an RT head reads at the top."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    name = models.CharField("nama kantor", max_length=150)
    contact_name = models.CharField("narahubung", max_length=100)
    contact_phone = models.CharField("telepon narahubung", max_length=20)
    greeting = models.CharField("salam pembuka", max_length=60, default="Assalamualaikum")
    # The head of its letters (kop surat).
    address = models.CharField("alamat kantor", max_length=200, blank=True)
    city = models.CharField("kota tempat surat dibuat", max_length=80, blank=True)
    contact_lines = models.CharField("telepon, surel, dan situs pada kop", max_length=200, blank=True)
    # A PNG or JPEG in private storage; empty for none.
    logo_path = models.CharField(max_length=200, blank=True)

    # Grows with every edit, so that two officials cannot overwrite each other unknowingly.
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kantor"
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="office_name_once_per_region",
                violation_error_message="Sudah ada kantor dengan nama ini di wilayah Anda.",
            ),
            RowScope("region_id", above=True, name="office_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name


class Program(models.Model):
    """A capacity-building programme: a bimtek in several waves or a retreat of a whole city."""

    class Kind(models.TextChoices):
        BIMTEK = "bimtek", "Bimbingan teknis (bimtek)"
        RETREAT = "retreat", "Retret"

    class Substitutes(models.TextChoices):
        ALLOWED = "allowed", "Boleh, tanpa persetujuan"
        APPROVED = "approved", "Boleh, setelah disetujui kelurahan/desa atau kecamatan"
        OFFICE = "office", "Boleh, setelah disetujui penyelenggara"
        NONE = "none", "Tidak boleh diwakili"

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
    substitutes = models.CharField("wakil", max_length=10, choices=Substitutes, default=Substitutes.ALLOWED)
    substitute_limit = models.PositiveSmallIntegerField(
        "wakil paling banyak per gelombang", default=0, help_text="0 berarti tanpa batas."
    )
    substitute_letter = models.BooleanField("wakil harus membawa surat tugas", default=False)
    bring = models.CharField("yang perlu dibawa", max_length=300, blank=True)
    records_hours = models.BooleanField(
        "catat juga saat keluar", default=False, help_text="Untuk kegiatan yang menghitung lama hadir."
    )
    answer_days_before = models.PositiveSmallIntegerField(
        "batas jawaban (hari sebelum pelaksanaan)",
        default=2,
        validators=[MaxValueValidator(60)],
        help_text="Jawaban dapat diubah sampai akhir hari itu, waktu setempat.",
    )
    # Names of channels, the first link first; empty means the usual chain of this installation.
    reach_chain = models.JSONField("rantai pengiriman", default=list, blank=True)
    minutes_per_jp = models.PositiveSmallIntegerField(
        "menit per jam pelajaran (JP)",
        default=45,
        validators=[MinValueValidator(15), MaxValueValidator(120)],
        help_text="Hanya sesi belajar yang dihitung sebagai JP.",
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
            ),
            RowScope("region_id", above=True, name="program_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seats_per_head(self) -> int:
        """1, or 2 where each head must bring a companion."""
        return 2 if self.companions == self.Companions.REQUIRED else 1


class ReminderRule(models.Model):
    """When whom to remind, relative to the wave's local day. Rows belong to a programme and can be edited."""

    class Audience(models.TextChoices):
        UNANSWERED = "unanswered", "yang belum menjawab"
        CONFIRMED = "confirmed", "yang menjawab hadir atau diwakili"
        COMPANIONS = "companions", "yang membawa pendamping"
        SUBSTITUTES = "substitutes", "wakil yang datang menggantikan"
        SPEAKERS = "speakers", "narasumber"
        OPERATORS = "operators", "operator kelurahan/desa dan kecamatan"
        ATTENDED = "attended", "yang sudah hadir (ucapan terima kasih)"

    program = models.ForeignKey(Program, models.CASCADE, related_name="reminder_rules")
    audience = models.CharField("untuk", max_length=12, choices=Audience)
    # 0 is the day itself; -1 is the day after.
    days_before = models.SmallIntegerField(
        "hari sebelum pelaksanaan", validators=[MinValueValidator(-7), MaxValueValidator(60)]
    )
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
            ),
            RowScope(through="program", name="reminder_rule_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.day_label} {self.get_audience_display()}"

    @property
    def is_after(self) -> bool:
        """Sent when the wave is over."""
        return self.days_before < 0

    @property
    def day_label(self) -> str:
        return day_label(self.days_before)


def day_label(days_before: int) -> str:
    """`H-7`, `hari H`, `H+1`."""
    if days_before == 0:
        return "hari H"
    return f"H-{days_before}" if days_before > 0 else f"H+{-days_before}"


# What a new programme starts with.
DEFAULT_REMINDER_RULES = [
    (ReminderRule.Audience.UNANSWERED, 7),
    (ReminderRule.Audience.CONFIRMED, 3),
    (ReminderRule.Audience.CONFIRMED, 1),
]
