import threading
from datetime import timedelta

import pytest
from django.db import connection

from programs.models import WavePlan
from programs.plan_checker import check
from programs.planner.problem import from_dict
from programs.queries import plan_wishes
from programs.use_cases.save_plan import save_plan
from programs.use_cases.solve_waiting_plans import GAVE_UP, LEASE, MAX_ATTEMPTS, solve_waiting_plans
from tests.factories import NOW
from tests.programs.plans import peopled_program, two_waves

pytestmark = pytest.mark.django_db

LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def plan(db):
    made = two_waves(peopled_program(), level="village")
    assert made.state == "waiting"
    return made


def test_a_waiting_plan_is_divided_by_the_rules_of_its_checker(plan):
    assert solve_waiting_plans(now=NOW) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.lease_until, plan.attempts) == ("solved", None, 0)
    assert check(from_dict(plan.problem), plan.assignment) == ()
    assert solve_waiting_plans(now=NOW) == 0


def test_what_another_worker_holds_is_left_to_it_until_its_lease_runs_out(plan):
    WavePlan.objects.update(lease_until=NOW + LEASE)
    assert solve_waiting_plans(now=NOW) == 0
    assert solve_waiting_plans(now=LATER) == 1


def test_a_plan_at_which_every_worker_ended_is_given_up_with_a_sentence(plan):
    WavePlan.objects.update(attempts=MAX_ATTEMPTS, lease_until=NOW - LEASE)
    assert solve_waiting_plans(now=NOW) == 0
    plan.refresh_from_db()
    assert (plan.state, plan.result) == ("failed", {"sentence": GAVE_UP})


def test_a_plan_that_cannot_be_read_holds_up_no_other(plan):
    WavePlan.objects.update(problem={})
    other = two_waves(plan.program, level="village", name="Rencana 2")
    assert solve_waiting_plans(now=NOW) == 2
    other.refresh_from_db()
    plan.refresh_from_db()
    assert (other.state, plan.state, plan.attempts) == ("solved", "waiting", 1)


def test_one_redone_while_it_is_divided_keeps_the_newer_wishes(plan, monkeypatch):
    from programs.use_cases import solve_waiting_plans as module

    def redo_first(problem):
        monkeypatch.undo()
        wishes = plan_wishes.from_dict(plan.wishes)
        save_plan(program=plan.program, plan=plan, version=1, name="Baru", wishes=wishes, actor=None, now=NOW)
        return module.answer(problem)

    monkeypatch.setattr(module, "answer", redo_first)
    assert solve_waiting_plans(now=NOW) == 2
    plan.refresh_from_db()
    assert (plan.name, plan.state, plan.version) == ("Baru", "solved", 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_divide_it_once():
    two_waves(peopled_program(), level="village")
    together = threading.Barrier(2)
    taken = []

    def work():
        try:
            together.wait()
            taken.append(solve_waiting_plans(now=NOW))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == [0, 1]
    assert WavePlan.objects.get().state == "solved"
