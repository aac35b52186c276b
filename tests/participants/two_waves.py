"""Two published waves of one programme with open invitations, and people in them."""

from datetime import date, datetime, timedelta

from participants.models import Enrolment, WaitingPlace
from programs.models import Program, Wave
from rtportal.lib import clock
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW, WAVE_DAY


def two_waves(
    *,
    seats: tuple[int, int] = (10, 10),
    program: Program | None = None,
    on: date = WAVE_DAY,
    opened_at: datetime = NOW,
) -> tuple[Wave, Wave]:
    """Waves 1 (Murung Pudak) and 2 (Jaro, a week later) in halls of their own."""
    owner = program or factories.program()
    opened = {"program": owner, "invitations_opened_at": opened_at}
    first = factories.wave(on=on, areas=(MURUNG_PUDAK,), venue=factories.venue(capacity=seats[0]), **opened)
    later = on + timedelta(days=7)
    second = factories.wave(number=2, areas=(JARO,), on=later, venue=factories.venue(capacity=seats[1]), **opened)
    return first, second


def coming_waves() -> tuple[Wave, Wave]:
    """The same two, ahead by the real clock, which pages read; each hall has ten seats."""
    factories.regions(MURUNG_PUDAK, JARO)
    return two_waves(on=clock.local_date(clock.now(), "WITA") + timedelta(days=20), opened_at=clock.now())


def enrol(wave: Wave, count: int, **fields) -> list[Enrolment]:
    """`count` people of the wave's first area, with e-mail addresses of their own."""
    district = wave.wave_areas.first().region_id
    people = []
    for _ in range(count):
        serial = Enrolment.objects.count()
        head = factories.head(
            district=district,
            number=f"{serial + 1:03d}",
            name=f"Warga {serial + 1:03d}",
            email=f"warga-{serial + 1}@rt.test",
            phone=f"+628127{serial:06d}",
        )
        people.append(factories.enrolment(wave=wave, head=head, **fields))
    return people


def decline(enrolment: Enrolment) -> Enrolment:
    Enrolment.objects.filter(pk=enrolment.pk).update(answer="declined", answered_at=NOW, reason="Sakit")
    enrolment.refresh_from_db()
    return enrolment


def confirm(enrolment: Enrolment) -> Enrolment:
    Enrolment.objects.filter(pk=enrolment.pk).update(answer="confirmed", answered_at=NOW)
    enrolment.refresh_from_db()
    return enrolment


def place(enrolment: Enrolment, wave: Wave, *, after: int = 0) -> WaitingPlace:
    """An open place on the wave's waiting list, `after` seconds after NOW."""
    return WaitingPlace.objects.create(enrolment=enrolment, wave=wave, since=NOW + timedelta(seconds=after))


def wave_of(enrolment: Enrolment) -> int:
    """Number of the wave that the enrolment is in now."""
    return Enrolment.objects.select_related("wave").get(pk=enrolment.pk).wave.number
