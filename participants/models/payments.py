"""Money that participants were handed."""

from django.conf import settings
from django.db import models

from participants.models.enrolments import Enrolment
from rtportal.lib.row_scope import RowScope


class Payment(models.Model):
    """A participant's transport money was handed over against a signature. Whole rupiah."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="payment", verbose_name="peserta")
    amount = models.PositiveIntegerField("jumlah (Rp)")
    tax = models.PositiveIntegerField("pajak (Rp)", default=0)
    # Who signed for it: the head, or the substitute who came instead.
    received_by = models.CharField("penerima", max_length=240)
    paid_at = models.DateTimeField("dibayar pada")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pembayaran"
        ordering = ["enrolment_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax__lte=models.F("amount")),
                name="tax_below_amount",
                violation_error_message="Pajak tidak boleh melebihi jumlahnya.",
            ),
            RowScope(through="enrolment", name="payment_in_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: Rp{self.amount}"
