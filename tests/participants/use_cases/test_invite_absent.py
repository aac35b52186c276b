from threading import Barrier, Thread

import pytest
from django.db import connections

from participants.models import Attendance, Enrolment, EnrolmentMove, RTHead
from participants.moving import MoveRefused, SeatsRefused
from participants.queries.absent import absent_from
from participants.queries.wave_pages import current_heads
from participants.rules import AnswerRefused
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.invite_absent import CaughtUp, invite_absent
from participants.use_cases.invite_participants import InvitationRefused, Invited, invite_participants
from programs.models import Wave
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants.successors import successor
from tests.participants.two_waves import decline, enrol, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


@pytest.fixture
def held(official):
    """The first wave is over: one of four came. Returns wave, later wave and the four."""
    first, second = two_waves()
    people = enrol(first, 4)
    decline(people[1])
    session = factories.session(wave=first)
    Attendance.objects.create(enrolment=people[0], session=session, marked_at=first.starts_at, marked_by=official)
    return first, second, people


def catch_up(wave, target, actor, **wishes) -> CaughtUp:
    wishes = {"now": wave.ends_at} | wishes
    return invite_absent(wave_id=wave.pk, to_wave_id=target.pk, actor=actor, **wishes)


def test_all_who_were_absent_get_a_place_in_the_later_wave_in_one_action(official, held):
    first, second, people = held
    assert catch_up(first, second, official) == CaughtUp(people=3, unreachable=0, is_later=False)
    followers = list(Enrolment.objects.filter(wave=second).order_by("pk"))
    assert [one.follows_id for one in followers] == [one.pk for one in people[1:]]
    assert {(one.answer, one.superseded_at) for one in followers} == {("", None)}
    assert len({one.link_hash for one in Enrolment.objects.all()}) == 7
    invitations = Message.objects.all()
    assert {(m.kind, m.about_id, m.group) for m in invitations} == {
        ("invitation", one.pk, second.group) for one in followers
    }
    assert {(m.cause, m.from_wave_id, m.to_wave_id) for m in EnrolmentMove.objects.all()} == {
        ("caught_up", first.pk, second.pk)
    }
    sentence = "3 ketua RT yang tidak hadir di Gelombang 1 dilanjutkan ke Gelombang 2."
    assert {event.sentence for event in AuditEvent.objects.all()} == {sentence}


def test_the_former_wave_keeps_them_as_absent_with_what_they_answered(official, held):
    first, second, people = held
    catch_up(first, second, official)
    assert Enrolment.objects.filter(wave=first).count() == 4
    former = Enrolment.objects.get(pk=people[1].pk)
    assert (former.answer, former.superseded_at, former.followed_by.wave_id) == ("declined", first.ends_at, second.pk)


def test_doing_it_again_enrols_nobody_twice(official, held):
    first, second, _ = held
    catch_up(first, second, official)
    with pytest.raises(MoveRefused, match="Tidak ada lagi"):
        catch_up(first, second, official)
    assert Enrolment.objects.count() == 7


def test_whoever_left_the_office_is_not_invited_again(official, held):
    first, second, people = held
    RTHead.objects.filter(pk=people[3].head_id).update(is_current=False)
    assert catch_up(first, second, official).people == 2


def test_absent_from_the_later_wave_too_goes_on_to_a_third(official, held):
    first, second, _ = held
    catch_up(first, second, official)
    [there] = enrol(second, 1)
    session = factories.session(wave=second)
    Attendance.objects.create(enrolment=there, session=session, marked_at=second.starts_at, marked_by=official)
    third = factories.wave(
        program=first.program, number=3, on=second.local_day.replace(day=28), areas=(), is_catch_up=True
    )
    assert catch_up(second, third, official).people == 3
    assert not absent_from(first).exists()


def test_a_catch_up_wave_whose_invitations_are_not_open_tells_them_when_they_are(official, held):
    first, _, _ = held
    late = factories.wave(
        program=first.program, number=3, on=first.local_day.replace(day=28), areas=(), is_catch_up=True
    )
    after = first.ends_at
    with pytest.raises(InvitationRefused, match="belum mempunyai peserta"):
        invite_participants(wave_id=late.pk, by=official, now=after)
    assert catch_up(first, late, official) == CaughtUp(people=3, unreachable=0, is_later=True)
    assert not Message.objects.exists()
    assert invite_participants(wave_id=late.pk, by=official, now=after) == Invited(new=3, unreachable=0, already=0)
    assert Message.objects.filter(kind="invitation", group=late.group).count() == 3
    assert invite_participants(wave_id=late.pk, by=official, now=after).new == 0


def test_they_belong_to_the_heads_of_the_former_wave_and_to_nobody_elses(official, held):
    first, second, people = held
    catch_up(first, second, official)
    assert current_heads(first).count() == 4
    third = factories.wave(program=first.program, number=3, on=second.local_day.replace(day=28), areas=())
    third.wave_areas.create(program=first.program, region_id=people[1].village_id)
    assert not current_heads(third).exists()


def test_the_former_link_takes_no_answer_any_more_even_if_the_former_wave_is_moved(official, held):
    first, second, people = held
    catch_up(first, second, official)
    Wave.objects.filter(pk=first.pk).update(starts_at=second.starts_at, ends_at=second.ends_at)
    former = Enrolment.objects.get(pk=people[2].pk)
    with pytest.raises(AnswerRefused, match="tidak berlaku"):
        answer_invitation(enrolment=former, kind="confirmed", now=first.ends_at)


@pytest.mark.parametrize(
    ("change", "words"),
    [("early", "belum selesai"), ("unmarked", "belum dicatat"), ("begun", "sudah dimulai"), ("same", "gelombang lain")],
)
def test_what_makes_no_sense_is_refused(official, held, change, words):
    first, second, _ = held
    wishes = {}
    if change == "early":
        wishes = {"now": NOW}
    elif change == "unmarked":
        Attendance.objects.all().delete()
    elif change == "begun":
        wishes = {"now": second.starts_at}
    with pytest.raises(MoveRefused, match=words):
        catch_up(first, first if change == "same" else second, official, **wishes)
    assert Enrolment.objects.count() == 4


def test_too_few_seats_are_accepted_knowingly(official, held):
    first, second, _ = held
    second.venue.capacity = 2
    second.venue.save()
    with pytest.raises(SeatsRefused) as refused:
        catch_up(first, second, official)
    assert catch_up(first, second, official, accepted_seats=refused.value.needed).people == 3


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_invite_each_of_them_once(official, held):
    first, second, _ = held
    barrier, refused = Barrier(2), []

    def act() -> None:
        barrier.wait()
        try:
            catch_up(first, second, official)
        except MoveRefused as refusal:
            refused.append(refusal)
        connections.close_all()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Enrolment.objects.filter(wave=second).count()) == (1, 3)


def test_the_successor_of_somebody_absent_has_the_place_in_the_later_wave(official, held):
    first, second, people = held
    successor(people[3].head, official, now=first.ends_at)
    catch_up(first, second, official)
    follower = Enrolment.objects.get(follows=people[3])
    assert (follower.head.name, follower.rt_id) == ("Nor Hayati", people[3].rt_id)
    assert Message.objects.get(about_id=follower.pk).recipient_name == "Hj. Nor Hayati, S.Pd."
    people[3].refresh_from_db()
    assert people[3].head.name == "Warga 004"
