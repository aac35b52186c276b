"""Transport money of a wave: who came, who was paid, how much there is to pay."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from participants.models import Attendance, Enrolment, Payment
from participants.queries.attendance import matching
from programs.models import PaperSettings, Wave
from rtportal.accounts.models import User

_CAME = Exists(Attendance.objects.filter(enrolment=OuterRef("pk")))
PAID, UNPAID = "sudah", "belum"
# Filter value → its name, in the order of the menu.
STATES = {UNPAID: "Belum dibayar", PAID: "Sudah dibayar"}


@dataclass(frozen=True)
class PaymentTotals:
    """People, and whole rupiah that were handed out; `net` is what is left after tax.

    `came` and `paid` are those of the reconciliation; `unpaid` came and were not paid.
    """

    came: int
    unpaid: int
    paid: int
    amount: int
    tax: int

    @property
    def net(self) -> int:
        return self.amount - self.tax


def payees(wave: Wave) -> QuerySet[Enrolment]:
    """Everybody of the wave who came, themselves or through a substitute, and whoever was paid, by village, RW and RT.

    With head, RT, village, kecamatan and `payment`.
    """
    return (
        Enrolment.objects.filter(_CAME | Q(payment__isnull=False), wave=wave)
        .select_related("head__rt", "village__parent", "payment")
        .order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
    )


def payment_rows(wave: Wave, user: User, *, state: str = "", search: str = "") -> QuerySet[Enrolment]:
    """Those in the user's scope that fit the filter; an unknown state is ignored."""
    rows = payees(wave).visible_to(user).filter(matching(search))
    if state in STATES:
        rows = rows.filter(payment__isnull=state == UNPAID)
    return rows


def payment_totals(wave: Wave, user: User) -> PaymentTotals:
    """Of the people in the user's scope; one query."""
    rows = payees(wave).visible_to(user).order_by()
    is_unpaid = Q(is_present=True, payment__isnull=True)
    sums = rows.annotate(is_present=_CAME).aggregate(
        came=Count("pk", filter=Q(is_present=True)),
        unpaid=Count("pk", filter=is_unpaid),
        paid=Count("payment"),
        amount=Sum("payment__amount"),
        tax=Sum("payment__tax"),
    )
    return PaymentTotals(**sums | {"amount": sums["amount"] or 0, "tax": sums["tax"] or 0})


def receiver_of(person: Enrolment) -> str:
    """Who signs for the money: the head, or the substitute who came instead. Needs `head`."""
    is_represented = person.answer == Enrolment.AnswerKind.REPRESENTED
    return person.substitute_name if is_represented else person.head.full_name


def tax_of(amount: int, percent: Decimal) -> int:
    """Whole rupiah; halves round up."""
    return int((amount * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def new_payment(person: Enrolment, settings: PaperSettings, **fields) -> Payment:
    """The payment as the programme's settings reckon it, not saved."""
    amount = settings.transport_amount
    tax = tax_of(amount, settings.transport_tax)
    return Payment(enrolment=person, amount=amount, tax=tax, received_by=receiver_of(person)[:240], **fields)
