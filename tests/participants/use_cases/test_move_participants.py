from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from participants.messages import REMINDER_UNANSWERED
from participants.models import Answer, Attendance, Enrolment, EnrolmentMove, RTHead, WaitingPlace
from participants.moving import MoveRefused, SeatsRefused
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.move_participants import move_participants
from programs.models import Program, Wave
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


def moved(people, source, target, actor, **wishes) -> int:
    wishes = {"now": NOW} | wishes
    keys = [one.pk for one in people]
    return move_participants(enrolment_ids=keys, from_wave_id=source.pk, to_wave_id=target.pk, actor=actor, **wishes)


def message(enrolment: Enrolment, kind: str = "invitation", **fields) -> Message:
    values = {
        "dedupe_key": f"{kind}:{enrolment.pk}",
        "kind": kind,
        "channel": "inbox",
        "address": enrolment.head.email,
        "recipient_name": "Warga",
        "region_code": enrolment.village_id,
        "group": enrolment.wave.group,
        "about_id": enrolment.pk,
        "queued_at": NOW,
        "due_at": NOW,
        "expires_at": enrolment.wave.starts_at,
    }
    return Message.objects.create(**values | fields)


def test_a_selection_goes_to_another_wave_with_history(official):
    first, second = two_waves()
    people = enrol(first, 3)
    assert moved(people[:2], first, second, official, reason="  Berhalangan   tanggal itu ") == 2
    assert [wave_of(one) for one in people] == [2, 2, 1]
    moves = EnrolmentMove.objects.all()
    assert {(m.enrolment_id, m.from_wave_id, m.to_wave_id) for m in moves} == {
        (one.pk, first.pk, second.pk) for one in people[:2]
    }
    assert {(m.cause, m.reason, m.actor_id, m.at) for m in moves} == {
        ("moved", "Berhalangan tanggal itu", official.pk, NOW)
    }
    sentence = "Memindahkan 2 ketua RT dari Gelombang 1 ke Gelombang 2: Berhalangan tanggal itu"
    for wave in (first, second):
        assert AuditEvent.objects.get(subject=wave.group).sentence == sentence


def test_an_answer_for_another_day_no_longer_counts_but_stays_in_the_history(official):
    first, second = two_waves()
    [person] = enrol(first, 1)
    answer_invitation(enrolment=person, kind="confirmed", now=NOW)
    moved([person], first, second, official)
    person.refresh_from_db()
    assert (person.answer, person.answered_at) == ("", None)
    assert Answer.objects.get(enrolment=person).kind == "confirmed"


def test_the_group_of_the_former_wave_is_left(official):
    first, second = two_waves()
    [person] = enrol(first, 1, group="Kelompok A")
    moved([person], first, second, official)
    person.refresh_from_db()
    assert person.group == ""


def test_a_queued_invitation_follows_and_a_queued_reminder_of_the_former_day_is_dropped(official):
    first, second = two_waves()
    [person] = enrol(first, 1)
    invitation, reminder = message(person), message(person, REMINDER_UNANSWERED)
    moved([person], first, second, official)
    invitation.refresh_from_db()
    reminder.refresh_from_db()
    assert (invitation.state, invitation.group, invitation.expires_at) == ("queued", second.group, second.starts_at)
    assert reminder.state == "withdrawn"


def test_who_was_told_gets_exactly_one_correction_however_often_they_move(official):
    first, second = two_waves()
    told, untold = enrol(first, 2)
    message(told, state="accepted", edition=first.publication_id, started_at=NOW)
    moved([told, untold], first, second, official)
    [correction] = Message.objects.exclude(kind="invitation")
    assert (correction.kind, correction.about_id, correction.group) == ("schedule_changed", told.pk, second.group)
    moved([told], second, first, official)
    assert Message.objects.queued().count() == 1


def test_who_moves_waits_no_longer(official):
    first, second = two_waves()
    [person] = enrol(first, 1)
    place(person, second)
    moved([person], first, second, official)
    assert WaitingPlace.objects.get().closed_at == NOW


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"publication": None}, "Jadwal Gelombang 2 belum diterbitkan"),
        ({"cancelled_at": NOW}, "Gelombang 2 sudah dibatalkan"),
        ({"starts_at": NOW - timedelta(hours=1)}, "Gelombang 2 sudah dimulai"),
    ],
)
def test_nobody_goes_to_a_wave_that_is_a_draft_cancelled_or_begun(official, change, words):
    first, second = two_waves()
    people = enrol(first, 1)
    Wave.objects.filter(pk=second.pk).update(**change)
    with pytest.raises(MoveRefused, match=words):
        moved(people, first, second, official)
    assert wave_of(people[0]) == 1


def test_nobody_goes_to_a_wave_of_another_programme(official):
    first, _ = two_waves()
    people, elsewhere = enrol(first, 1), factories.wave(areas=(JARO,))
    with pytest.raises(MoveRefused, match="program lain"):
        moved(people, first, elsewhere, official)


def test_who_was_present_stays_and_so_does_everybody_chosen_with_them(official):
    first, second = two_waves()
    people = enrol(first, 2)
    session = factories.session(wave=first)
    Attendance.objects.create(enrolment=people[1], session=session, marked_at=NOW, marked_by=official)
    with pytest.raises(MoveRefused, match="Warga 002 sudah tercatat hadir"):
        moved(people, first, second, official)
    assert [wave_of(one) for one in people] == [1, 1]


def test_after_the_wave_the_catch_up_is_the_way(official):
    first, second = two_waves()
    with pytest.raises(MoveRefused, match="Undang yang tidak hadir ke gelombang susulan"):
        moved(enrol(first, 1), first, second, official, now=first.ends_at)


def test_a_selection_that_somebody_else_has_moved_is_refused_by_name(official):
    first, second = two_waves()
    people = enrol(first, 2)
    moved(people[:1], first, second, official)
    with pytest.raises(MoveRefused, match="Warga 001 tidak lagi di Gelombang 1"):
        moved(people, first, second, official)
    assert wave_of(people[1]) == 1


def test_too_few_seats_are_refused_until_exactly_that_number_is_accepted(official):
    first, second = two_waves(seats=(10, 2))
    people = enrol(first, 2)
    enrol(second, 1)
    with pytest.raises(SeatsRefused, match="Gelombang 2 akan memerlukan 3 kursi") as refused:
        moved(people, first, second, official)
    assert refused.value.needed == 3
    moved(people, first, second, official, accepted_seats=3)
    second.refresh_from_db()
    assert (second.seats_acknowledged, second.enrolments.count()) == (3, 3)


def test_the_seat_of_somebody_who_declined_is_free(official):
    first, second = two_waves(seats=(10, 1))
    people = enrol(first, 1)
    decline(enrol(second, 1)[0])
    assert moved(people, first, second, official) == 1


def test_before_its_invitations_are_open_a_wave_keeps_seats_for_the_heads_of_its_areas(official):
    first, second = two_waves(seats=(10, 2))
    people = enrol(first, 1)
    factories.heads(2, district=JARO)
    Wave.objects.filter(pk=second.pk).update(invitations_opened_at=None)
    with pytest.raises(SeatsRefused):
        moved(people, first, second, official)


def test_many_take_no_more_queries_than_one(official):
    first, second = two_waves(seats=(100, 100))
    people = [confirm(one) for one in enrol(first, 21)]
    with CaptureQueriesContext(connection) as for_one:
        moved(people[:1], first, second, official)
    with CaptureQueriesContext(connection) as for_many:
        moved(people[1:], first, second, official)
    assert len(for_many) == len(for_one)


@pytest.mark.django_db(transaction=True)
def test_two_officials_who_move_crosswise_do_not_wait_for_each_other_forever(official):
    first, second = two_waves(seats=(50, 50))
    there, back = enrol(first, 5), enrol(second, 5)
    barrier = Barrier(2)

    def move_all(people, source, target) -> None:
        barrier.wait()
        for one in people:
            moved([one], source, target, official)
        connections.close_all()

    threads = [
        Thread(target=move_all, args=(there, first, second)),
        Thread(target=move_all, args=(back, second, first)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {wave_of(one) for one in there} == {2}
    assert {wave_of(one) for one in back} == {1}


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_never_give_the_last_seat_twice(official):
    first, second = two_waves(seats=(50, 3))
    people = enrol(first, 6)
    enrol(second, 2)
    barrier = Barrier(len(people))

    def take(person) -> None:
        barrier.wait()
        with suppress(MoveRefused):
            moved([person], first, second, official)
        connections.close_all()

    threads = [Thread(target=take, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert second.enrolments.count() == 3


def test_who_comes_from_a_wave_that_invites_nobody_yet_is_invited_by_one_that_does(official):
    first, second = two_waves()
    Wave.objects.filter(pk=first.pk).update(invitations_opened_at=None)
    people = enrol(first, 2)
    RTHead.objects.filter(pk=people[1].head_id).update(email="", phone="")
    Program.objects.update(reach_chain=["inbox", "manual"])
    moved(people, first, second, official)
    invited = Message.objects.get()
    assert (invited.kind, invited.about_id, invited.group) == ("invitation", people[0].pk, second.group)


def test_where_invitations_are_not_open_nobody_is_invited(official):
    first, second = two_waves()
    Wave.objects.update(invitations_opened_at=None)
    moved(enrol(first, 1), first, second, official)
    assert not Message.objects.exists()
