"""A head in a wave: the invitation, its answers and the attendance."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.models.rt import RT, RTHead
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedCharField
from rtportal.regions.models import Region
from sessions.models import TrainingSession


class AnswerKind(models.TextChoices):
    CONFIRMED = "confirmed", "Hadir"
    DECLINED = "declined", "Berhalangan"
    REPRESENTED = "represented", "Diwakili"


class SubstituteState(models.TextChoices):
    """Where the programme has rules for substitutes; empty where nobody has to approve."""

    PENDING = "pending", "menunggu persetujuan"
    APPROVED = "approved", "disetujui"
    REFUSED = "refused", "ditolak"


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("village_id"))

    def active(self):
        """Those that count: an absent head who was given a later wave counts there."""
        return self.filter(superseded_at=None)

    def unanswered(self):
        return self.filter(answer="")

    def seated(self):
        """Those for whom a seat is kept: whoever has not answered yet may still come."""
        return self.active().exclude(answer=AnswerKind.DECLINED)

    def confirmed(self):
        """Those who come, themselves or through a substitute."""
        return self.filter(answer__in=[AnswerKind.CONFIRMED, AnswerKind.REPRESENTED])


class Enrolment(models.Model):
    """A participant (peserta): one head in one wave, and at most one active wave per programme."""

    AnswerKind = AnswerKind
    SubstituteState = SubstituteState

    program = models.ForeignKey(Program, models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="enrolments", verbose_name="gelombang")
    head = models.ForeignKey(RTHead, models.PROTECT, related_name="enrolments", verbose_name="ketua RT")
    # The invitation belongs to the office: when the RT gets a new head, `head` changes and this stays. Empty only for
    # a head who was enrolled beside a predecessor before that was so.
    rt = models.ForeignKey(RT, models.PROTECT, null=True, related_name="enrolments", verbose_name="RT")
    # Where the head's RT lay when invited: lists and scope filter by it without a join.
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kelurahan/desa")
    invited_at = models.DateTimeField("diundang pada")
    # The personal link's token is derived from the installation's key and this value, and only its hash is kept:
    # a copy of the database opens no page. A new value is a new link, and the old one dies.
    link_id = models.UUIDField(default=uuid.uuid4)
    link_hash = models.CharField(max_length=64, unique=True)
    link_revoked_at = models.DateTimeField("tautan dicabut pada", null=True)
    # Typed by hand by whoever got a letter or a call; see rtportal/lib/short_codes.py.
    short_code = models.CharField("kode pendek", max_length=6, null=True, unique=True)  # noqa: DJ001 - unique if any
    # Which parallel group of the wave (`Kelompok A`); empty where there is only one.
    group = models.CharField("kelompok", max_length=60, blank=True)
    # Row of the wave's printed attendance sheets; given when one is first made, and kept.
    row_number = models.PositiveIntegerField("nomor baris", null=True)
    # Absent, and given a place in a later wave: the row stays for the history of its wave.
    superseded_at = models.DateTimeField("dilanjutkan pada", null=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by", verbose_name="kelanjutan dari"
    )
    # The latest answer, repeated from the append-only `answers`; empty while unanswered.
    answer = models.CharField("jawaban", max_length=12, choices=AnswerKind, blank=True)
    answered_at = models.DateTimeField("dijawab pada", null=True)
    reason = models.CharField("alasan", max_length=300, blank=True)
    substitute_name = models.CharField("nama wakil", max_length=120, blank=True)
    substitute_phone = SealedCharField("nomor HP wakil", max_length=16, blank=True, context="address")
    substitute_relation = models.CharField("hubungan wakil", max_length=60, blank=True)
    # Who the substitute is, in one word (`participants/substitutes.py`): nobody stands in twice in one wave.
    substitute_key = SealedCharField(max_length=140, blank=True, context="substitute")
    substitute_state = models.CharField("persetujuan wakil", max_length=8, choices=SubstituteState, blank=True)
    substitute_decided_at = models.DateTimeField("wakil diputuskan pada", null=True)
    substitute_decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Why the substitute was refused, as the head reads it.
    substitute_note = models.CharField("alasan wakil ditolak", max_length=300, blank=True)
    # The letter of assignment was handed in.
    substitute_letter_at = models.DateTimeField("surat tugas wakil diterima pada", null=True)
    companion_name = models.CharField("nama pendamping", max_length=120, blank=True)
    # Wrong last digits of the own phone since the last right ones, and when the next try may come: in the database,
    # where no restarted cache forgets them and no second process counts for itself.
    wrong_digits = models.PositiveSmallIntegerField("salah empat angka", default=0)
    digits_again_at = models.DateTimeField("empat angka dapat dicoba lagi pada", null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        ordering = ["village_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "head"],
                condition=Q(superseded_at=None),
                name="one_wave_per_head_per_program",
                violation_error_message="Ketua RT ini sudah terdaftar pada gelombang lain dalam program yang sama.",
            ),
            models.UniqueConstraint(
                fields=["program", "rt"],
                condition=Q(superseded_at=None),
                name="one_seat_per_rt_per_program",
                violation_error_message="RT ini sudah mempunyai undangan dalam program yang sama.",
            ),
            models.UniqueConstraint(
                fields=["wave", "substitute_key"],
                condition=~Q(substitute_key="") & Q(superseded_at=None),
                name="substitute_once_per_wave",
                violation_error_message="Orang ini sudah menjadi wakil ketua RT lain pada gelombang yang sama.",
            ),
            models.UniqueConstraint(fields=["wave", "row_number"], name="row_number_once_per_wave"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_at_with_answer",
            ),
            models.CheckConstraint(
                condition=~Q(answer="represented") | ~Q(substitute_name=""),
                name="represented_by_somebody",
                violation_error_message="Isi nama wakil.",
            ),
            RowScope("village_id", name="enrolment_in_scope"),
        ]
        indexes = [
            models.Index(fields=["wave", "answer"], name="enrolment_wave_answer"),
            models.Index(fields=["wave", "village"], name="enrolment_wave_village"),
        ]

    def __str__(self) -> str:
        return f"{self.head} – {self.wave.title}"


class Answer(models.Model):
    """One answer as it was given. Rows are only ever added; the newest counts."""

    class Channel(models.TextChoices):
        LINK = "link", "tautan pribadi"
        PHONE = "phone", "telepon"
        WHATSAPP = "whatsapp", "WhatsApp"
        REPLY = "reply", "balasan pesan"
        IN_PERSON = "in_person", "tatap muka"
        LETTER = "letter", "surat"

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="answers")
    kind = models.CharField("jawaban", max_length=12, choices=AnswerKind)
    reason = models.CharField("alasan", max_length=300, blank=True)
    substitute_name = models.CharField("nama wakil", max_length=120, blank=True)
    substitute_phone = SealedCharField("nomor HP wakil", max_length=16, blank=True, context="address")
    substitute_relation = models.CharField("hubungan wakil", max_length=60, blank=True)
    companion_name = models.CharField("nama pendamping", max_length=120, blank=True)
    channel = models.CharField("lewat", max_length=10, choices=Channel)
    at = models.DateTimeField("waktu")
    # Empty where the head answered through the personal link.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "jawaban"
        ordering = ["-id"]
        constraints = [RowScope(through="enrolment", name="answer_in_scope")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_channel_display()})"


class Attendance(models.Model):
    """A participant was present in a session. One row at most; what all `AttendanceEvent` rows of the pair come to."""

    # Both begin an index of several columns.
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendances", db_index=False)
    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="attendances", verbose_name="sesi", db_index=False
    )
    marked_at = models.DateTimeField("hadir sejak")
    # Empty where a desk at the door recorded it.
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh"
    )
    device = models.ForeignKey(
        "participants.DoorDevice", models.PROTECT, null=True, related_name="+", verbose_name="dicatat di"
    )
    # Went out and has not come in again.
    left_at = models.DateTimeField("keluar pada", null=True)
    # In the hall, of the session's hours, as far as it is known; empty where nobody is recorded going out.
    minutes = models.PositiveSmallIntegerField("menit hadir", null=True)
    companions = models.PositiveSmallIntegerField("pendamping", default=0)

    class Meta:
        verbose_name = "kehadiran"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "session"], name="present_once_per_session"),
            models.CheckConstraint(
                condition=Q(marked_by__isnull=False) | Q(device__isnull=False), name="attendance_by_somebody"
            ),
            RowScope(through="enrolment", name="attendance_in_scope"),
        ]
        indexes = [models.Index(fields=["session", "marked_at"], name="attendance_session_time")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} @ {self.session_id}"

    @property
    def minutes_late(self) -> int:
        """Whole minutes after the session began (needs `session`).

        Only where a desk recorded it: an official may mark a list long after people came.
        """
        seconds = (self.marked_at - self.session.starts_at).total_seconds() if self.device_id else 0
        return max(0, int(seconds // 60))
