"""Links and codes that died, invitations that went to a successor, and data that people asked to put right."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.models.enrolments import Enrolment
from participants.models.rt import RTHead
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope
from rtportal.lib.sealed import SealedJSONField
from rtportal.regions.models import Region


class RetiredPass(models.Model):
    """A personal link and short code that were replaced or revoked: whoever still has them is told whom to ask."""

    class Cause(models.TextChoices):
        REISSUED = "reissued", "diganti dengan yang baru"
        REVOKED = "revoked", "dicabut"
        SUCCEEDED = "succeeded", "beralih ke ketua RT yang baru"

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="retired_passes")
    link_hash = models.CharField(max_length=64, unique=True)
    short_code = models.CharField("kode pendek", max_length=6, null=True, unique=True)  # noqa: DJ001 - unique if any
    cause = models.CharField("sebab", max_length=10, choices=Cause)
    at = models.DateTimeField("waktu")

    class Meta:
        verbose_name = "pas yang tidak berlaku"
        ordering = ["-id"]
        constraints = [RowScope(through="enrolment", name="retired_pass_in_scope")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} ({self.get_cause_display()})"


class EnrolmentSuccession(models.Model):
    """The RT of an enrolment got a new head, who took it over. Rows are only ever added."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="successions")
    from_head = models.ForeignKey(RTHead, models.PROTECT, related_name="+", verbose_name="dari")
    to_head = models.ForeignKey(RTHead, models.PROTECT, related_name="+", verbose_name="kepada")
    at = models.DateTimeField("waktu")
    # Empty where a roster file that an official approved did it.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Messages up to this key were for those who held it before: they told the successor nothing.
    last_message_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "alih undangan"
        ordering = ["-id"]
        constraints = [RowScope(through="enrolment", name="enrolment_succession_in_scope")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.from_head_id} → {self.to_head_id}"


class DataCorrectionQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("village_id"))

    def waiting(self):
        return self.filter(state=DataCorrection.State.OPEN)


class DataCorrection(models.Model):
    """What a head asked to have put right (perbaikan data); an operator accepts or refuses it."""

    class State(models.TextChoices):
        OPEN = "open", "menunggu"
        ACCEPTED = "accepted", "diterima"
        REFUSED = "refused", "ditolak"

    # The law gives the office three days of 24 hours (UU 27/2022).
    TIME_TO_DECIDE = timedelta(hours=72)

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="data_corrections")
    head = models.ForeignKey(RTHead, models.CASCADE, related_name="data_corrections", verbose_name="ketua RT")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kelurahan/desa")
    # {"name": "…", "phone": "+62…", "email": "…"}: only what is to change, as asked and as it was then.
    wanted = SealedJSONField("diminta", context="correction")
    before = SealedJSONField("semula", context="correction")
    note = models.CharField("keterangan", max_length=300, blank=True)
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.OPEN)
    requested_at = models.DateTimeField("diminta pada")
    due_at = models.DateTimeField("batas waktu")
    decided_at = models.DateTimeField("diputuskan pada", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField("alasan", max_length=300, blank=True)

    objects = DataCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "perbaikan data"
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["head"],
                condition=Q(state="open"),
                name="one_open_correction_per_head",
                violation_error_message="Permintaan sebelumnya masih diperiksa.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="correction_decided_with_time",
            ),
            RowScope("village_id", name="data_correction_in_scope"),
        ]
        indexes = [
            models.Index(fields=["village", "due_at"], name="correction_waiting", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.head} ({self.get_state_display()})"
