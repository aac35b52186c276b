"""The agenda of a wave: sessions (sesi) and speakers (narasumber)."""

from django.db import models
from django.db.models import F, Q

from programs.models import ScopedQuerySet, Wave
from rtportal.lib import names
from rtportal.regions.codes import ancestors, within_q
from rtportal.regions.models import Region


class SpeakerQuerySet(ScopedQuerySet):
    def for_region(self, code: str):
        """Those who may speak in the region: its own speakers, those around it and those inside it."""
        return self.filter(within_q("region_id", [code]) | Q(region_id__in=ancestors(code)))


class Speaker(models.Model):
    """A person or office-holder who speaks: `Kepala BNNK Tabalong` may be all that is known."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    gelar_depan = models.CharField("gelar depan", max_length=40, blank=True)
    name = models.CharField("nama", max_length=120, blank=True)
    gelar_belakang = models.CharField("gelar belakang", max_length=60, blank=True)
    position = models.CharField("jabatan", max_length=150, blank=True)
    institution = models.CharField("instansi", max_length=150, blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    email = models.EmailField("alamat e-mail", blank=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = "narasumber"
        ordering = ["name", "position"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(position=""),
                name="speaker_has_name_or_position",
                violation_error_message="Isi nama atau jabatan narasumber.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.position

    @property
    def full_name(self) -> str:
        return names.full_name(self.gelar_depan, self.name, self.gelar_belakang)

    @property
    def title(self) -> str:
        """Name and position as an agenda prints them."""
        return ", ".join(part for part in (self.full_name, self.position) if part)


class SessionQuerySet(ScopedQuerySet):
    region_field = "wave__program__region_id"


class TrainingSession(models.Model):
    """One item of a wave's agenda."""

    class Kind(models.TextChoices):
        OPENING = "opening", "Pembukaan"
        MATERIAL = "material", "Materi"
        BREAK = "break", "Istirahat (ISHOMA)"
        CLOSING = "closing", "Penutupan"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="training_sessions", verbose_name="gelombang")
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.MATERIAL)
    title = models.CharField("judul", max_length=200)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    # Empty means the wave's main hall.
    room = models.CharField("ruang", max_length=80, blank=True)
    note = models.TextField("keterangan", blank=True)
    speakers = models.ManyToManyField(Speaker, through="SessionSpeaker", related_name="training_sessions")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesi"
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message="Waktu selesai harus setelah waktu mulai.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_attendance(self) -> bool:
        """Breaks are on the agenda but nobody is marked present in them."""
        return self.kind != self.Kind.BREAK


class SessionSpeaker(models.Model):
    """A speaker's part in a session."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", "Narasumber"
        MODERATOR = "moderator", "Moderator"

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="session_speakers")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="session_speakers", verbose_name="narasumber")
    role = models.CharField("peran", max_length=10, choices=Role, default=Role.SPEAKER)
    # A vice minister may be confirmed the day before.
    is_tentative = models.BooleanField("belum pasti", default=False)

    class Meta:
        verbose_name = "narasumber sesi"
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="speaker_once_per_session",
                violation_error_message="Narasumber ini sudah tercantum pada sesi tersebut.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.get_role_display()})"
