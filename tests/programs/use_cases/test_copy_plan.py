import pytest

from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.copy_plan import copy_plan
from programs.use_cases.move_areas import move_areas
from tests.factories import JARO, NOW
from tests.programs.plans import other_slot, peopled_program, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return two_waves(peopled_program())


def test_a_copy_holds_the_same_division_and_goes_its_own_way(plan):
    copied = copy_plan(plan=plan, actor=None, now=NOW)
    assert (copied.name, copied.version, copied.assignment) == ("Salinan Rencana 1", 1, plan.assignment)
    move_areas(plan=copied, version=1, areas=[JARO], slot=other_slot(copied, JARO), actor=None, now=NOW)
    plan.refresh_from_db()
    copied.refresh_from_db()
    assert copied.assignment != plan.assignment


def test_an_accepted_plan_is_copied_as_one_that_is_not(plan):
    accept_plan(plan=plan, version=1, actor=None, now=NOW)
    assert copy_plan(plan=plan, actor=None, now=NOW).accepted_at is None


def test_names_are_numbered_and_never_too_long(plan):
    plan.name = "R" * 120
    plan.save()
    names = [copy_plan(plan=plan, actor=None, now=NOW).name for _ in range(3)]
    assert len(set(names)) == 3
    assert max(map(len, names)) == 120
