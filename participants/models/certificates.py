"""Certificates that were issued."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.models.enrolments import Enrolment
from programs.models import Program
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib.row_scope import RowScope


class CertificateQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(revoked_at=None)

    def visible_to(self, user: User):
        return self.filter(scope_of(user).rows("enrolment__village_id"))


class Certificate(models.Model):
    """A certificate of attendance as it was issued; what it says does not follow later changes of the person."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates", verbose_name="peserta")
    # Repeated from the enrolment, so that the running number is unique in the programme.
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField("nomor urut")
    # The whole number as printed: `012/SERTIFIKAT/XI/2026`.
    number = models.CharField("nomor", max_length=120)
    # Whose name it bears: the head, or the substitute who came instead.
    holder = models.CharField("nama", max_length=240)
    # The head a substitute came for (`mewakili`); empty for heads.
    represents = models.CharField("mewakili", max_length=240, blank=True)
    # Of the learning time of the holder's group, in whole per cent.
    share = models.PositiveSmallIntegerField("kehadiran (%)")
    # In the address of the public check page, behind the QR code; opens nothing but that page.
    check_code = models.CharField("kode periksa", max_length=24, unique=True)
    issued_at = models.DateTimeField("diterbitkan pada")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField("dicabut pada", null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoke_reason = models.CharField("alasan dicabut", max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat"
        ordering = ["program_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["program", "serial"], name="certificate_serial_once_per_program"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(revoked_at=None),
                name="one_valid_certificate_per_participant",
                violation_error_message="Peserta ini sudah mempunyai sertifikat.",
            ),
            RowScope(through="enrolment", name="certificate_in_scope"),
        ]

    def __str__(self) -> str:
        return self.number
