"""A wave that is over and to be accounted for: who came, what was paid."""

from decimal import Decimal

from participants.models import Enrolment, Payment, WavePhoto
from programs.models import PaperSettings, Wave
from rtportal.accounts.models import User
from tests import factories
from tests.participants.certified import attended, taught_wave


def paid(enrolment: Enrolment, *, by: User, **fields) -> Payment:
    """Money that was handed over."""
    values = {"amount": 100_000, "received_by": enrolment.head.full_name, "paid_at": factories.NOW} | fields
    return Payment.objects.create(enrolment=enrolment, recorded_by=by, **values)


def photographed(wave: Wave, *, by: User) -> WavePhoto:
    """A photo that was kept, without its picture."""
    return WavePhoto.objects.create(wave=wave, path="photos/x.png", uploaded_by=by, uploaded_at=factories.NOW)


def pays(wave: Wave, amount: int = 100_000, tax: str = "5") -> PaperSettings:
    """The programme pays so much transport money."""
    return PaperSettings.objects.create(program=wave.program, transport_amount=amount, transport_tax=Decimal(tax))


def held_wave(count: int = 3, came: int = 2) -> tuple[Wave, list[Enrolment], User]:
    """A wave of `count` heads, the first `came` of whom were there; the official who recorded it."""
    wave, session, people = taught_wave(count, invitations_opened_at=factories.NOW)
    official = factories.user()
    attended(session, *people[:came], by=official)
    return wave, people, official
