from contextlib import suppress
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from participants.models import Attendance, Enrolment, EnrolmentMove, WaitingPlace
from participants.moving import MoveRefused, SeatsRefused
from participants.rules import AnswerRefused
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.move_participants import move_participants
from participants.use_cases.promote_by_hand import promote_by_hand
from participants.use_cases.promote_waiting import promote_waiting
from participants.use_cases.record_answer_for import record_answer_for
from programs.models import Program, Venue, Wave
from programs.use_cases.save_venue import save_venue
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants.two_waves import confirm, decline, enrol, place, two_waves, wave_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def together(*actions) -> None:
    """Runs the actions at the same moment, each in a thread and on a connection of its own."""
    barrier = Barrier(len(actions))

    def run(action) -> None:
        barrier.wait()
        with suppress(MoveRefused, AnswerRefused):
            action()
        connections.close_all()

    threads = [Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_free_seats_go_to_those_who_came_first(official):
    first, second = two_waves(seats=(10, 2))
    late, early, middle = enrol(first, 3)
    for after, one in enumerate((early, middle, late)):
        place(one, second, after=after)
    assert promote_waiting(now=NOW) == 2
    assert [wave_of(one) for one in (early, middle, late)] == [2, 2, 1]
    assert [one.enrolment for one in WaitingPlace.objects.filter(closed_at=None)] == [late]
    assert {(m.cause, m.actor) for m in EnrolmentMove.objects.all()} == {("promoted", None)}
    event = AuditEvent.objects.get()
    assert (event.sentence, event.actor_label) == ("2 ketua RT naik dari daftar tunggu Gelombang 2.", "Sistem")


def test_where_everything_is_full_nothing_happens_however_often_it_is_tried(official):
    first, second = two_waves(seats=(10, 1))
    enrol(second, 1)
    place(enrol(first, 1)[0], second)
    assert [promote_waiting(now=NOW), promote_waiting(now=NOW)] == [0, 0]
    assert not EnrolmentMove.objects.exists()


def test_a_seat_somebody_declines_and_a_hall_that_grows_let_people_move_up(official):
    first, second = two_waves(seats=(10, 1))
    [there] = enrol(second, 1)
    one, other = enrol(first, 2)
    place(one, second)
    place(other, second, after=1)
    answer_invitation(enrolment=there, kind="declined", reason="Sakit", now=NOW)
    assert promote_waiting(now=NOW) == 1
    Venue.objects.filter(pk=second.venue_id).update(capacity=2)
    assert promote_waiting(now=NOW) == 1
    assert [wave_of(one), wave_of(other)] == [2, 2]


def test_a_seat_that_is_left_goes_to_the_next_and_nobody_is_overtaken(official):
    first, second = two_waves(seats=(1, 2))
    [one] = enrol(first, 1)
    settled, there = enrol(second, 2)
    third = factories.wave(program=first.program, number=3, areas=())
    place(there, first)
    place(one, third, after=1)
    place(settled, first, after=2)
    # One leaves the first wave, so the person who has waited longest for it comes in, and the other goes on waiting.
    assert promote_waiting(now=NOW) == 2
    assert [wave_of(one), wave_of(there), wave_of(settled)] == [3, 1, 2]


def test_each_head_with_a_companion_takes_two_seats(official):
    first, second = two_waves(seats=(10, 3), program=factories.program(companions=Program.Companions.REQUIRED))
    one, other = enrol(first, 2)
    place(one, second)
    place(other, second, after=1)
    assert promote_waiting(now=NOW) == 1


def test_who_declined_a_wave_and_gets_a_seat_in_it_again_is_invited_anew(official):
    first, _ = two_waves(seats=(1, 10))
    back = decline(enrol(first, 1)[0])
    place(back, first)
    assert promote_waiting(now=NOW) == 1
    back.refresh_from_db()
    assert (back.answer, back.wave_id) == ("", first.pk)
    invitation = Message.objects.get()
    assert (invitation.kind, invitation.about_id, invitation.state) == ("invitation", back.pk, "queued")


@pytest.mark.parametrize("why", ["cancelled", "begun", "present", "own wave over"])
def test_a_place_that_has_become_pointless_is_closed(official, why):
    first, second = two_waves()
    [one] = enrol(first, 1)
    held, now = place(one, second), NOW
    if why == "cancelled":
        Wave.objects.filter(pk=second.pk).update(cancelled_at=NOW)
    elif why == "begun":
        now = second.starts_at
    elif why == "own wave over":
        now = first.ends_at
    else:
        session = factories.session(wave=first)
        Attendance.objects.create(enrolment=one, session=session, marked_at=NOW, marked_by=official)
    assert promote_waiting(now=now) == 0
    held.refresh_from_db()
    assert (wave_of(one), held.closed_at) == (1, now)


def test_a_draft_gives_no_seats_but_keeps_those_who_wait(official):
    first, second = two_waves()
    [one] = enrol(first, 1)
    held = place(one, second)
    Wave.objects.filter(pk=second.pk).update(publication=None)
    assert promote_waiting(now=NOW) == 0
    held.refresh_from_db()
    assert held.closed_at is None


def test_an_official_gives_a_seat_out_of_turn_and_beyond_the_hall_only_knowingly(official):
    first, second = two_waves(seats=(10, 1))
    enrol(second, 1)
    early, late = enrol(first, 2)
    place(early, second)
    chosen = place(late, second, after=1)
    with pytest.raises(SeatsRefused) as refused:
        promote_by_hand(place_id=chosen.pk, actor=official, now=NOW)
    promote_by_hand(place_id=chosen.pk, accepted_seats=refused.value.needed, actor=official, now=NOW)
    assert [wave_of(early), wave_of(late)] == [1, 2]
    with pytest.raises(MoveRefused, match="tidak lagi menunggu"):
        promote_by_hand(place_id=chosen.pk, accepted_seats=9, actor=official, now=NOW)


def test_who_takes_back_a_refusal_gets_the_seat_while_it_is_free(official):
    first, _ = two_waves(seats=(1, 10))
    back = decline(enrol(first, 1)[0])
    answer_invitation(enrolment=back, kind="confirmed", now=NOW)
    assert Enrolment.objects.get(pk=back.pk).answer == "confirmed"


def test_who_takes_back_a_refusal_after_the_seat_was_given_away_waits_for_the_next(official):
    first, _ = two_waves(seats=(1, 10))
    back, taker = decline(enrol(first, 1)[0]), enrol(first, 1)[0]
    for words in ("kami masukkan ke daftar tunggu", "sudah ada di daftar tunggu"):
        with pytest.raises(AnswerRefused, match=words):
            answer_invitation(enrolment=back, kind="confirmed", now=NOW)
    assert Enrolment.objects.get(pk=back.pk).answer == "declined"
    answer_invitation(enrolment=taker, kind="declined", reason="Sakit", now=NOW)
    assert promote_waiting(now=NOW) == 1
    assert Enrolment.objects.get(pk=back.pk).answer == ""


def test_another_reason_for_declining_is_always_taken(official):
    first, _ = two_waves(seats=(1, 10))
    back, _ = decline(enrol(first, 1)[0]), enrol(first, 1)
    answer_invitation(enrolment=back, kind="declined", reason="Pindah rumah", now=NOW)
    assert Enrolment.objects.get(pk=back.pk).reason == "Pindah rumah"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_each_seat_once(official):
    first, second = two_waves(seats=(20, 3))
    for after, one in enumerate(enrol(first, 8)):
        place(one, second, after=after)
    together(*[lambda: promote_waiting(now=NOW)] * 4)
    assert second.enrolments.count() == 3
    assert EnrolmentMove.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_goes_to_one_of_those_who_reach_for_it_at_once(official):
    """The waiting list, an official who moves somebody, one who promotes by hand, and two who take back a refusal."""
    first, second = two_waves(seats=(20, 4))
    seated = [confirm(one) for one in enrol(second, 3)]
    backs = [decline(one) for one in enrol(second, 2)]
    waiting, chosen, moving = enrol(first, 3)
    place(waiting, second)
    by_hand = place(chosen, second, after=1)
    together(
        lambda: promote_waiting(now=NOW),
        lambda: promote_by_hand(place_id=by_hand.pk, actor=official, now=NOW),
        lambda: move_participants(
            enrolment_ids=[moving.pk], from_wave_id=first.pk, to_wave_id=second.pk, actor=official, now=NOW
        ),
        *(lambda one=one: answer_invitation(enrolment=one, kind="confirmed", now=NOW) for one in backs),
        lambda: promote_waiting(now=NOW),
    )
    assert Enrolment.objects.filter(wave=second).seated().count() == len(seated) + 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_meets_a_move_never_stands_for_the_other_day(official):
    first, second = two_waves(seats=(30, 30))
    people = enrol(first, 8)
    answers = [lambda one=one: answer_invitation(enrolment=one, kind="confirmed", now=NOW) for one in people]
    keys = [one.pk for one in people]
    together(
        *answers,
        lambda: move_participants(
            enrolment_ids=keys, from_wave_id=first.pk, to_wave_id=second.pk, actor=official, now=NOW
        ),
    )
    assert {(one.wave_id, one.answer) for one in Enrolment.objects.all()} == {(second.pk, "")}


def test_declining_moving_and_a_larger_hall_wake_the_waiting_list(official, django_capture_on_commit_callbacks):
    first, second = two_waves()
    one, other = enrol(first, 2)

    def wakes(action) -> bool:
        # A transaction wakes once, and a test is one transaction.
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks() as callbacks:
            action()
        return "participants.promote_waiting" in {getattr(callback, "wakes", "") for callback in callbacks}

    assert wakes(lambda: answer_invitation(enrolment=one, kind="declined", reason="Sakit", now=NOW))
    assert not wakes(lambda: answer_invitation(enrolment=other, kind="confirmed", now=NOW))
    keys = [one.pk]
    assert wakes(
        lambda: move_participants(
            enrolment_ids=keys, from_wave_id=first.pk, to_wave_id=second.pk, actor=official, now=NOW
        )
    )
    hall = first.venue
    wishes = {"region": hall.region, "name": hall.name, "address": hall.address, "capacity": 99}
    assert wakes(lambda: save_venue(venue=hall, version=hall.version, **wishes, actor=official, now=NOW))


def test_on_the_phone_a_seat_that_was_given_away_is_refused_with_the_way_out(official):
    first, _ = two_waves(seats=(1, 10))
    back, _ = decline(enrol(first, 1)[0]), enrol(first, 1)
    with pytest.raises(AnswerRefused, match="Masukkan ke daftar tunggu"):
        record_answer_for(enrolment=back, kind="confirmed", channel="phone", by=official, now=NOW)
    assert not WaitingPlace.objects.exists()
