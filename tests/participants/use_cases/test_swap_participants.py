import pytest

from participants.models import EnrolmentMove
from participants.moving import MoveRefused, SeatsRefused
from participants.use_cases.swap_participants import swap_participants
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants.two_waves import confirm, decline, enrol, two_waves, wave_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def swap(one, other, actor, now=NOW) -> None:
    swap_participants(one_id=one.pk, other_id=other.pk, actor=actor, now=now)


def test_two_change_places_even_where_both_halls_are_full(official):
    first, second = two_waves(seats=(1, 1))
    [one], [other] = enrol(first, 1), enrol(second, 1)
    confirm(one)
    swap(one, other, official)
    assert (wave_of(one), wave_of(other)) == (2, 1)
    one.refresh_from_db()
    assert one.answer == ""
    assert {(m.enrolment_id, m.from_wave_id, m.to_wave_id, m.cause) for m in EnrolmentMove.objects.all()} == {
        (one.pk, first.pk, second.pk, "swapped"),
        (other.pk, second.pk, first.pk, "swapped"),
    }
    for wave in (first, second):
        assert "Menukar Warga 001" in AuditEvent.objects.get(subject=wave.group).sentence


def test_two_of_one_wave_have_nothing_to_swap(official):
    first, _ = two_waves()
    one, other = enrol(first, 2)
    with pytest.raises(MoveRefused, match="gelombang lain"):
        swap(one, other, official)


def test_two_of_different_programmes_are_not_swapped(official):
    first, _ = two_waves()
    [one] = enrol(first, 1)
    [other] = enrol(factories.wave(areas=(JARO,)), 1)
    with pytest.raises(MoveRefused, match="program lain"):
        swap(one, other, official)
    assert (wave_of(one), wave_of(other)) == (1, 1)


def test_a_seat_that_its_holder_declined_and_somebody_else_got_is_not_swapped(official):
    first, second = two_waves(seats=(1, 1))
    one, _ = decline(enrol(first, 1)[0]), enrol(first, 1)
    [other] = enrol(second, 1)
    with pytest.raises(SeatsRefused, match="Gelombang 1 akan memerlukan 2 kursi"):
        swap(one, other, official)
    assert (wave_of(one), wave_of(other)) == (1, 2)


def test_nobody_is_swapped_into_a_wave_that_has_begun(official):
    first, second = two_waves()
    [one], [other] = enrol(first, 1), enrol(second, 1)
    with pytest.raises(MoveRefused, match="Gelombang 1 sudah dimulai"):
        swap(one, other, official, now=first.starts_at)
