"""The agenda of a wave: sessions (sesi) and who speaks in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programs.models import ScopedQuerySet, Wave
from rtportal.lib.no_overlap import NoOverlap
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region
from sessions.models.speakers import Speaker


class SessionQuerySet(ScopedQuerySet):
    region_field = "wave__program__region_id"


class TrainingSession(models.Model):
    """One item of a wave's agenda."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", "Registrasi"
        OPENING = "opening", "Pembukaan"
        MATERIAL = "material", "Materi"
        DISCUSSION = "discussion", "Diskusi"
        BREAK = "break", "Istirahat (ISHOMA)"
        CLOSING = "closing", "Penutupan"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="training_sessions", verbose_name="gelombang")
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.MATERIAL)
    title = models.CharField("judul", max_length=200)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    # Empty means the wave's main hall.
    room = models.CharField("ruang", max_length=80, blank=True)
    # Empty means everybody; else the parallel group (`Kelompok A`) it is for.
    group = models.CharField("kelompok", max_length=60, blank=True)
    note = models.TextField("keterangan", blank=True)
    speakers = models.ManyToManyField(Speaker, through="SessionSpeaker", related_name="training_sessions")
    # Grows with every edit, so that two officials cannot overwrite each other unknowingly.
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesi"
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message="Waktu selesai harus setelah waktu mulai.",
            ),
            RowScope(through="wave", name="training_session_in_scope"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_learning(self) -> bool:
        """Counted as jam pelajaran (JP)."""
        return self.kind in {self.Kind.MATERIAL, self.Kind.DISCUSSION}

    @property
    def takes_attendance(self) -> bool:
        """Breaks are on the agenda but nobody is marked present in them."""
        return self.kind != self.Kind.BREAK


class SessionSpeakerQuerySet(models.QuerySet):
    def unsure(self):
        """Those listed of whom nobody knows yet whether they come."""
        return self.filter(status__in=[SessionSpeaker.Status.INVITED, SessionSpeaker.Status.TENTATIVE])


class SessionSpeaker(models.Model):
    """A speaker's part in a session."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", "Narasumber"
        MODERATOR = "moderator", "Moderator"
        STANDBY = "standby", "Narasumber cadangan"

    class Status(models.TextChoices):
        INVITED = "invited", "diundang"
        TENTATIVE = "tentative", "tentatif"
        CONFIRMED = "confirmed", "bersedia"
        DECLINED = "declined", "menolak"

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="session_speakers")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="session_speakers", verbose_name="narasumber")
    role = models.CharField("peran", max_length=10, choices=Role, default=Role.SPEAKER)
    # A vice minister may be confirmed the day before.
    status = models.CharField("kesediaan", max_length=10, choices=Status, default=Status.INVITED)
    status_at = models.DateTimeField("kesediaan dicatat pada", null=True)
    # Empty where the speaker answered through the personal link.
    status_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField("alasan menolak", max_length=300, blank=True)

    objects = SessionSpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = "narasumber sesi"
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="speaker_once_per_session",
                violation_error_message="Narasumber ini sudah tercantum pada sesi tersebut.",
            ),
            RowScope(through="session", name="session_speaker_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.get_role_display()})"

    @property
    def is_unsure(self) -> bool:
        """Listed, but nobody knows yet whether they come."""
        return self.status in {self.Status.INVITED, self.Status.TENTATIVE}


# Speakers, then the moderator, then who stands by, whatever the stored words are.
ROLE_RANK = {role: place for place, role in enumerate(SessionSpeaker.Role.values)}


class SpeakerBooking(models.Model):
    """A speaker who said yes is taken for the hours of a published session; rows follow publication and answer."""

    # Empty where the part is gone from the draft: until that is published, the speaker is taken as people know it.
    part = models.OneToOneField(SessionSpeaker, models.SET_NULL, null=True, related_name="booking")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="bookings")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="speaker_bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = "pemakaian narasumber"
        constraints = [
            NoOverlap(
                key="speaker",
                starts="starts_at",
                ends="ends_at",
                name="speaker_taken_once_at_a_time",
                violation_error_message="Narasumber ini sudah bersedia di tempat lain pada waktu itu.",
            ),
            RowScope(through="speaker", name="speaker_booking_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id}: {self.wave_id}"


class AgendaTemplate(models.Model):
    """An agenda to start from.

    `items` are dicts of kind, title, day (0 first), starts (`08.00`), minutes, room and group.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    name = models.CharField("nama templat", max_length=120)
    items = models.JSONField("susunan")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "templat agenda"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="agenda_template_once_per_region",
                violation_error_message="Sudah ada templat agenda dengan nama ini.",
            ),
            RowScope("region_id", above=True, name="agenda_template_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name
