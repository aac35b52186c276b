"""The door of the hall: who may record there, and everything that was recorded about attendance, wherever."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from participants.models.enrolments import Enrolment
from programs.models import Wave
from rtportal.lib.row_codes import make_row_code, show_row_code
from rtportal.lib.row_scope import RowScope
from rtportal.regions.models import Region
from sessions.models import TrainingSession


class DoorDevice(models.Model):
    """A committee's phone or laptop at the door (meja): its link records for one wave, without an account."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="door_devices", verbose_name="gelombang")
    name = models.CharField("nama meja", max_length=40)
    # As with personal links: the token is derived from the installation's key and this value, only its hash is kept.
    link_id = models.UUIDField(default=uuid.uuid4)
    link_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dibuat pada")
    expires_at = models.DateTimeField("berlaku sampai")
    revoked_at = models.DateTimeField("dicabut pada", null=True)
    opened_at = models.DateTimeField("pertama dibuka", null=True)
    seen_at = models.DateTimeField("terakhir terhubung", null=True)

    class Meta:
        verbose_name = "meja pintu"
        ordering = ["wave_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "name"],
                condition=Q(revoked_at=None),
                name="desk_name_once_per_wave",
                violation_error_message="Gelombang ini sudah mempunyai meja dengan nama itu.",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="desk_expires_later"),
            RowScope(through="wave", name="door_device_in_scope"),
        ]

    def __str__(self) -> str:
        return self.name


class WalkIn(models.Model):
    """Somebody who came without an invitation, taken in by name; later matched to an existing person, or not."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="walk_ins", verbose_name="gelombang")
    name = models.CharField("nama", max_length=120)
    # As it was said at the door: "RT 5 RW 2", "Kel. Mabuun".
    unit = models.CharField("RT", max_length=40, blank=True)
    place = models.CharField("kelurahan/desa", max_length=80, blank=True)
    village = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    taken_in_at = models.DateTimeField("datang pada")
    # Whom it turned out to be; their attendance counts from then on.
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="walk_ins")
    # Whether matching had to enrol them, so that undoing takes the enrolment away again.
    has_enrolled = models.BooleanField(default=False)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    matched_at = models.DateTimeField("dicocokkan pada", null=True)
    # Taken back at the door, or by the office: nobody came.
    dropped_at = models.DateTimeField("dibatalkan pada", null=True)

    class Meta:
        verbose_name = "tamu tanpa undangan"
        ordering = ["taken_in_at", "id"]
        constraints = [RowScope(through=("wave", "enrolment"), name="walk_in_in_scope")]
        indexes = [models.Index(fields=["wave", "taken_in_at"], name="walk_in_wave")]

    def __str__(self) -> str:
        return self.name


class AttendanceEvent(models.Model):
    """One thing recorded about attendance, as it was recorded. Rows are only ever added.

    `Attendance` is what they come to: it follows from the set of events alone, in whatever order they arrived
    (`participants/presence/merge.py`). Only `enrolment`, `problem` and `settled_*` change afterwards.
    """

    class Kind(models.TextChoices):
        IN = "in", "masuk"
        OUT = "out", "keluar"
        UNDO = "undo", "dibatalkan di meja"
        CLEAR = "clear", "dihapus petugas"

    class Source(models.TextChoices):
        DOOR = "door", "pintu"
        LIST = "list", "daftar di layar"
        PAPER = "paper", "lembar tanda tangan"

    class Problem(models.TextChoices):
        """What a human must look at; empty where there is nothing."""

        DOUBLE = "double", "dicatat masuk di dua meja"
        NOT_IN = "not_in", "keluar tanpa pernah masuk"
        TWO_PLACES = "two_places", "dicatat di dua sesi pada waktu yang sama"
        UNKNOWN = "unknown", "kode tidak dikenal"
        REVOKED = "revoked", "pas sudah dicabut"
        WRONG_WAVE = "wrong_wave", "terdaftar pada gelombang lain"
        CLOCK = "clock", "jam perangkat tidak masuk akal"
        LATE_UNDO = "late_undo", "dibatalkan setelah lebih dari dua menit"

    # Made by whoever recorded it, so that the same upload twice is one event.
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField("catatan", max_length=5, choices=Kind)
    source = models.CharField("dari", max_length=5, choices=Source)
    # No index of its own for what begins another one, or is never searched by: each would be written at every scan.
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="attendance_events", db_index=False)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="attendance_events", verbose_name="sesi")
    # Empty where nobody knows whose code it is, and for a guest who is not matched.
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, related_name="attendance_events", db_index=False
    )
    walk_in = models.ForeignKey(WalkIn, models.PROTECT, null=True, related_name="attendance_events")
    device = models.ForeignKey(DoorDevice, models.PROTECT, null=True, related_name="attendance_events")
    # Grows with everything a device records; ties of time are broken by it.
    seq = models.PositiveIntegerField(default=0)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    # As scanned or typed.
    code = models.CharField("kode", max_length=64, blank=True)
    companions = models.PositiveSmallIntegerField("pendamping", default=0)
    undoes = models.UUIDField("membatalkan", null=True)
    # When it happened: the device's clock put right by what it knew of the server's. Never when it arrived.
    at = models.DateTimeField("waktu")
    device_at = models.DateTimeField("menurut perangkat", null=True)
    received_at = models.DateTimeField("diterima pada")
    # The verdict that the desk showed, and whether it could ask the server.
    shown = models.CharField("yang tampil di meja", max_length=16, blank=True)
    was_offline = models.BooleanField("tanpa jaringan", default=False)
    problem = models.CharField("perlu diperiksa", max_length=12, choices=Problem, blank=True)
    settled_at = models.DateTimeField("diperiksa pada", null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_note = models.CharField("keputusan", max_length=200, blank=True)

    class Meta:
        verbose_name = "catatan kehadiran"
        ordering = ["at", "device_id", "seq", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(device__isnull=False) | Q(actor__isnull=False), name="attendance_event_by_somebody"
            ),
            models.CheckConstraint(condition=~Q(kind="undo") | Q(undoes__isnull=False), name="undo_says_what"),
            RowScope(through=("wave", "enrolment"), name="attendance_event_in_scope"),
        ]
        indexes = [
            models.Index(fields=["enrolment", "session"], name="attendance_event_pair"),
            models.Index(fields=["wave", "received_at"], name="attendance_event_arrival"),
            models.Index(fields=["undoes"], name="attendance_event_undoes", condition=Q(undoes__isnull=False)),
            models.Index(
                fields=["wave", "at"], name="attendance_event_problem", condition=~Q(problem="") & Q(settled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code or self.enrolment_id} {self.at:%H:%M:%S}"


class PaperSheet(models.Model):
    """The attendance sheet of a session: printed, signed, and entered by its exceptions."""

    session = models.OneToOneField(TrainingSession, models.CASCADE, related_name="paper_sheet", verbose_name="sesi")
    # Whoever got a later number is not on the paper.
    last_row = models.PositiveIntegerField("nomor baris terakhir yang dicetak", default=0)
    # Empty while the sheet is only printed.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("dimasukkan pada", null=True)
    # How often it was entered, so that two officials cannot overwrite each other unknowingly.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "lembar tanda tangan"
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None, version=0)
                | Q(entered_at__isnull=False, entered_by__isnull=False, version__gt=0),
                name="sheet_entered_by_somebody",
            ),
            RowScope(through="session", name="paper_sheet_in_scope"),
        ]

    def __str__(self) -> str:
        return f"lembar {self.session_id}"


class PaperLine(models.Model):
    """One row of a signed sheet: whether the person signed, and what was decided where that differs from the scans."""

    # What was entered keeps its session from being deleted.
    sheet = models.ForeignKey(PaperSheet, models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="paper_lines")
    is_signed = models.BooleanField("tanda tangan")
    settled_at = models.DateTimeField("diputuskan pada", null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_note = models.CharField("keputusan", max_length=200, blank=True)

    class Meta:
        verbose_name = "baris lembar tanda tangan"
        ordering = ["enrolment__row_number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "enrolment"], name="one_line_per_person"),
            RowScope(through="enrolment", name="paper_line_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.enrolment_id}"

    @property
    def code(self) -> str:
        """The row code as it is printed: `17-4`; empty for who has left the wave."""
        number = self.enrolment.row_number
        return show_row_code(make_row_code(number)) if number else ""
