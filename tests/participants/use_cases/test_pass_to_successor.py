import pytest

from participants.models import Attendance, Enrolment, EnrolmentSuccession, PaperLine, PaperSheet, RTHead
from participants.use_cases.pass_to_successor import SuccessionRefused, pass_to_successor
from programs.models import Wave
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.successors import successor

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK)
    return factories.user()


@pytest.fixture
def left(official):
    """The wave has begun, and its holder was replaced since: the place, and the new head."""
    wave = factories.wave(invitations_opened_at=NOW)
    place = factories.enrolment(wave=wave, head=factories.head(email="ahmad@rt.test"))
    successor(place.head, official, now=wave.starts_at)
    return place, RTHead.objects.current().get()


def passed(place: Enrolment, official, **how):
    return pass_to_successor(enrolment=place, by=official, **({"now": place.wave.starts_at} | how))


def test_a_place_of_a_wave_under_way_passes_by_hand_without_a_message(official, left):
    place, new = left
    assert passed(place, official).seats == 1
    after = Enrolment.objects.get()
    assert (after.pk, after.head) == (place.pk, new)
    assert after.link_hash != place.link_hash
    assert EnrolmentSuccession.objects.get().to_head == new
    assert not Message.objects.exists()


def test_a_place_left_with_a_former_head_before_the_wave_passes_with_an_invitation(official, left):
    place, _ = left
    assert passed(place, official, now=NOW).invited == 1
    assert Message.objects.get().recipient_name == "Hj. Nor Hayati, S.Pd."


def assert_kept(place: Enrolment, official, words: str, **how) -> None:
    with pytest.raises(SuccessionRefused, match=words):
        passed(place, official, **how)
    assert Enrolment.objects.get(pk=place.pk).link_hash == place.link_hash
    assert not EnrolmentSuccession.objects.exists()


def test_whoever_was_recorded_present_keeps_it(official, left):
    place, _ = left
    session = factories.session(wave=place.wave)
    Attendance.objects.create(enrolment=place, session=session, marked_at=NOW, marked_by=official)
    assert_kept(place, official, "sudah dicatat")


def test_whoever_signed_the_paper_keeps_it(official, left):
    place, _ = left
    sheet = PaperSheet.objects.create(
        session=factories.session(wave=place.wave), entered_by=official, entered_at=NOW, version=1
    )
    PaperLine.objects.create(sheet=sheet, enrolment=place, is_signed=True)
    assert_kept(place, official, "sudah dicatat")


def test_a_wave_that_has_ended_keeps_its_holder(official, left):
    place, _ = left
    assert_kept(place, official, "sudah selesai", now=place.wave.ends_at)


def test_a_head_in_office_keeps_it(official):
    place = factories.enrolment(wave=factories.wave())
    assert_kept(place, official, "masih menjabat", now=NOW)


def test_an_rt_without_a_head_has_nobody_to_give_it_to(official, left):
    place, new = left
    RTHead.objects.filter(pk=new.pk).update(is_current=False)
    assert_kept(place, official, "belum mempunyai ketua")


def test_who_goes_on_in_a_later_wave_keeps_the_former_one(official, left):
    place, _ = left
    Enrolment.objects.update(superseded_at=NOW)
    assert_kept(place, official, "gelombang susulan")


def test_a_successor_who_was_seated_beside_the_predecessor_in_former_days_gets_no_second_seat(official, left):
    place, new = left
    other = factories.wave(program=Wave.objects.get().program, number=2, areas=())
    factories.enrolment(wave=other, head=new, rt_id=None)
    assert_kept(place, official, "sudah mempunyai undangan sendiri")
