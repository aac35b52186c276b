"""Heads, operators and moves at the same moment. On PostgreSQL writers do not queue by themselves."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import close_old_connections, connections

from participants.models import Answer, Enrolment
from participants.rules import AnswerRefused
from participants.substitutes import substitute_key
from participants.use_cases._substitutes import SubstituteRefused
from participants.use_cases.answer_invitation import answer_invitation
from participants.use_cases.decide_substitute import decide_substitute
from participants.use_cases.move_participants import move_participants
from programs.models import Program
from rtportal.lib.errors import InputError
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW
from tests.participants.substitutes import BUDI, SITI, name_substitute
from tests.participants.two_waves import enrol, two_waves

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture
def people(transactional_db):
    factories.regions(MURUNG_PUDAK, JARO)
    return enrol(two_waves()[0], 3)


def at_once(*steps: Callable[[], object]) -> list[Exception | None]:
    """What each step raised, if it did; all begin at the same moment."""
    barrier = Barrier(len(steps))
    raised: list[Exception | None] = [None] * len(steps)

    def run(index: int, step: Callable[[], object]) -> None:
        close_old_connections()
        try:
            barrier.wait()
            step()
        except Exception as error:
            raised[index] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def loaded(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("wave__program__region", "head__rt").get(pk=enrolment.pk)


def names(enrolment: Enrolment, who: dict) -> Callable[[], object]:
    fresh = loaded(enrolment)
    return lambda: answer_invitation(enrolment=fresh, kind="represented", now=NOW, **who)


def unanswer() -> None:
    Enrolment.objects.update(answer="", answered_at=None, substitute_key="", substitute_state="", substitute_note="")
    Answer.objects.all().delete()


def test_two_heads_who_name_the_same_person_at_once_get_one_substitute_and_one_sentence(people):
    for _ in range(ROUNDS):
        unanswer()
        raised = at_once(names(people[0], BUDI), names(people[1], BUDI))
        assert sorted(type(error) for error in raised if error) == [AnswerRefused]
        assert [error.faults.keys() for error in raised if error] == [{"substitute_name"}]
        assert Enrolment.objects.filter(answer="represented").count() == Answer.objects.count() == 1


def test_the_last_place_is_given_once(people):
    Program.objects.update(substitute_limit=1)
    for _ in range(ROUNDS):
        unanswer()
        raised = at_once(names(people[0], BUDI), names(people[1], SITI))
        assert [type(error) for error in raised if error] == [AnswerRefused]
        assert Enrolment.objects.filter(answer="represented").count() == Answer.objects.count() == 1


def test_two_operators_who_decide_differently_at_once_turn_the_answer_back(people):
    Program.objects.update(substitutes="approved")
    official = factories.user()
    for _ in range(ROUNDS):
        unanswer()
        named = name_substitute(people[0])
        wishes = {"enrolment": named, "key": named.substitute_key, "by": official, "now": NOW}
        raised = at_once(
            lambda: decide_substitute(**wishes, is_approved=True),  # noqa: B023 - run within the round
            lambda: decide_substitute(**wishes, is_approved=False, note="Sakit"),  # noqa: B023
        )
        # Refused last is refused; refused first leaves nothing to approve.
        named.refresh_from_db()
        assert (named.answer, named.substitute_state) == ("", "refused")
        assert all(isinstance(error, SubstituteRefused) for error in raised if error)


def test_a_decision_and_another_answer_at_once_never_mix(people):
    Program.objects.update(substitutes="approved")
    official = factories.user()
    for _ in range(ROUNDS):
        unanswer()
        named = name_substitute(people[0])
        wishes = {"enrolment": named, "key": named.substitute_key, "by": official, "now": NOW, "is_approved": True}
        fresh = loaded(named)
        raised = at_once(
            lambda: decide_substitute(**wishes),  # noqa: B023 - run within the round
            lambda: answer_invitation(enrolment=fresh, kind="confirmed", now=NOW),  # noqa: B023
        )
        named.refresh_from_db()
        state = (named.answer, named.substitute_name, named.substitute_key, named.substitute_state)
        assert state == ("confirmed", "", "", "")
        assert all(isinstance(error, SubstituteRefused) for error in raised if error)


def test_whoever_comes_into_the_wave_at_the_moment_they_are_named_is_never_head_and_substitute(people):
    first, second = people[0].wave, people[0].program.waves.get(number=2)
    official = factories.user()
    mover = enrol(second, 1)[0]
    who = BUDI | {"substitute_name": mover.head.name, "substitute_phone": mover.head.phone}
    for _ in range(ROUNDS):
        unanswer()
        raised = at_once(
            names(people[0], who),
            lambda: move_participants(
                enrolment_ids=[mover.pk], from_wave_id=second.pk, to_wave_id=first.pk, actor=official, now=NOW
            ),
        )
        assert all(isinstance(error, InputError) for error in raised if error)
        key = substitute_key(mover.head.name, mover.head.phone)
        assert not Enrolment.objects.filter(wave=first, substitute_key=key).exists()
        assert Enrolment.objects.get(pk=mover.pk).wave_id == first.pk
        Enrolment.objects.filter(pk=mover.pk).update(wave=second)
