"""An RT gets a new head while something else happens to its invitation: never two holders, never two seats."""

from time import sleep

import pytest
from django.db.models import Count

from participants.models import Enrolment, EnrolmentSuccession, RetiredPass, RosterImport, RTHead
from participants.rules import AnswerRefused
from participants.told import for_predecessors
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.apply_roster import apply_roster
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.move_participants import move_participants
from participants.use_cases.reissue_link import ReissueRefused, reissue_link
from participants.use_cases.replace_head import ReplacementRefused
from participants.use_cases.send_due_reminders import send_due_reminders
from rtportal.messaging.models import InboxItem, Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.infra.together import together
from tests.participants import rosters
from tests.participants.successors import invited, successor
from tests.participants.two_waves import enrol, two_waves

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROUNDS, PAUSE = 8, 0.004
OPEN = ("queued", "task", "sending")


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.user()


def later(number: int, job):
    """A little later each time: somewhere between the other's first and last step."""
    return lambda: sleep(number * PAUSE) or job()


def assert_one_holder_each() -> None:
    active = Enrolment.objects.active()
    assert not active.order_by().values("program", "head__rt").annotate(seats=Count("pk")).filter(seats__gt=1)
    assert not active.filter(head__is_current=False)
    assert set(RetiredPass.objects.values_list("link_hash", flat=True)).isdisjoint(
        Enrolment.objects.values_list("link_hash", flat=True)
    )
    assert not Message.objects.filter(for_predecessors(), state__in=OPEN)
    names = {one.pk: one.head.full_name for one in active.select_related("head")}
    waiting = Message.objects.filter(state__in=OPEN, about_id__in=names)
    assert all(message.recipient_name == names[message.about_id] for message in waiting)


def assert_none_failed(answers: list, *allowed: type[Exception]) -> None:
    assert not [one for one in answers if isinstance(one, Exception) and not isinstance(one, allowed)], answers


def test_a_new_head_while_the_invitations_are_opened_is_invited_once(official):
    for number in range(ROUNDS):
        wave = factories.wave()
        head = factories.head(number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        answers = together(
            lambda wave=wave: invite_participants(wave_id=wave.pk, by=official, now=NOW),
            later(number, lambda head=head: successor(head, official)),
        )
        assert_none_failed(answers)
        place = Enrolment.objects.get(wave=wave, rt=head.rt)
        assert place.head.name == "Nor Hayati"
        queued = Message.objects.queued().filter(about_id=place.pk)
        assert [message.address for message in queued] == ["nor@rt.test"]
        assert_one_holder_each()


def test_a_roster_applied_while_the_invitations_are_opened_leaves_one_seat_for_each_rt(official):
    rows = [rosters.row(number=number, email=f"rt{number}@rt.test") for number in range(1, 9)]
    rosters.applied(rosters.xlsx(rows))
    for number in range(ROUNDS // 2):
        wave = factories.wave()
        rows = [
            rosters.row(name=f"Pengganti {chr(65 + number)}", number=n, email=f"baru{number}-{n}@rt.test")
            for n in range(1, 9)
        ]
        made = rosters.approved(rosters.xlsx(rows))
        RosterImport.objects.filter(pk=made.pk).update(lease_until=NOW)
        made.refresh_from_db()
        answers = together(
            lambda wave=wave: invite_participants(wave_id=wave.pk, by=official, now=NOW),
            later(number, lambda made=made: apply_roster(roster_import=made, now=NOW)),
        )
        assert_none_failed(answers)
        assert Enrolment.objects.filter(wave=wave).count() == 8
        assert_one_holder_each()


def test_two_successors_at_once_leave_one(official):
    for number in range(ROUNDS):
        place = invited(factories.wave(), official, number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        answers = together(
            lambda place=place: successor(place.head, official, name="Nor Hayati"),
            lambda place=place: successor(place.head, official, name="Budi Santoso"),
        )
        assert sum(isinstance(one, ReplacementRefused) for one in answers) == 1, answers
        assert_none_failed(answers, ReplacementRefused)
        assert RTHead.objects.current().filter(rt=place.rt).count() == 1
        assert EnrolmentSuccession.objects.filter(enrolment=place).count() == 1
        assert_one_holder_each()


def test_an_answer_through_the_old_link_is_never_the_successors(official):
    for number in range(ROUNDS):
        place = invited(factories.wave(), official, number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        seen = Enrolment.objects.select_related("wave__program__region").get(pk=place.pk)
        answers = together(
            lambda place=place: successor(place.head, official),
            later(number, lambda seen=seen: answer_invitation(enrolment=seen, kind="confirmed", now=NOW)),
        )
        assert_none_failed(answers, AnswerRefused)
        after = Enrolment.objects.get(pk=place.pk)
        assert (after.answer, after.head.name) == ("", "Nor Hayati")
        given = after.answers.count()
        assert given == (0 if any(isinstance(one, AnswerRefused) for one in answers) else 1)
        assert_one_holder_each()


def test_an_answer_written_down_for_the_predecessor_is_never_the_successors(official):
    for number in range(ROUNDS):
        place = invited(factories.wave(), official, number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        seen = Enrolment.objects.select_related("wave__program__region").get(pk=place.pk)
        answers = together(
            lambda place=place: successor(place.head, official),
            later(
                number,
                lambda seen=seen: answer_invitation(
                    enrolment=seen, kind="confirmed", channel="phone", actor=official, now=NOW
                ),
            ),
        )
        assert_none_failed(answers, AnswerRefused)
        assert Enrolment.objects.get(pk=place.pk).answer == ""


def test_a_new_head_and_a_move_at_once_both_come_about(official):
    for number in range(ROUNDS):
        first, second = two_waves()
        (place,) = enrol(first, 1)
        answers = together(
            lambda place=place: successor(place.head, official, email="baru@rt.test"),
            later(
                number,
                lambda place=place, first=first, second=second: move_participants(
                    enrolment_ids=[place.pk], from_wave_id=first.pk, to_wave_id=second.pk, actor=official, now=NOW
                ),
            ),
        )
        assert_none_failed(answers)
        after = Enrolment.objects.get(pk=place.pk)
        assert (after.wave, after.head.name) == (second, "Nor Hayati")
        assert [m.group for m in Message.objects.queued().filter(about_id=place.pk)] == [second.group]
        assert_one_holder_each()


def test_a_new_link_for_the_predecessor_at_once_reaches_nobody_or_dies(official):
    for number in range(ROUNDS):
        place = invited(factories.wave(), official, number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        seen = Enrolment.objects.select_related("head__rt__village").get(pk=place.pk)
        answers = together(
            lambda place=place: successor(place.head, official),
            later(number, lambda seen=seen: reissue_link(enrolment=seen, by=official, now=NOW)),
        )
        assert_none_failed(answers, ReissueRefused)
        queued = Message.objects.queued().filter(about_id=place.pk)
        assert [message.address for message in queued] == ["nor@rt.test"]
        assert_one_holder_each()


def test_reminders_written_at_once_go_to_whoever_holds_the_invitation(official):
    for number in range(ROUNDS):
        wave = factories.wave()
        place = invited(wave, official, number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        due = wave.reminders.order_by("due_at").first().due_at
        answers = together(
            lambda due=due: send_due_reminders(now=due),
            later(number, lambda place=place, due=due: successor(place.head, official, now=due)),
        )
        assert_none_failed(answers)
        assert_one_holder_each()


def test_what_a_worker_sends_at_once_never_shows_the_new_link_to_the_predecessor(official):
    for number in range(ROUNDS):
        place = invited(factories.wave(), official, number=f"{number + 1:03d}", email=f"lama{number}@rt.test")
        answers = together(
            lambda: deliver_due_messages(now_fn=lambda: NOW),
            later(number, lambda place=place: successor(place.head, official)),
        )
        assert_none_failed(answers)
        deliver_due_messages(now_fn=lambda: NOW)
        path = factories.personal_path(Enrolment.objects.get(pk=place.pk))
        received = {item.address for item in InboxItem.objects.filter(body__contains=path)}
        assert received == {"nor@rt.test"}
