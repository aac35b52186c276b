import pytest

from programs.errors import Refusal
from programs.models import Wave, WavePlan
from programs.queries.plan_wishes import from_dict
from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.copy_plan import copy_plan
from programs.use_cases.delete_plan import delete_plan
from programs.use_cases.save_plan import save_plan
from rtportal.audit.models import AuditEvent
from tests.factories import NOW
from tests.programs.plans import peopled_program, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return two_waves(peopled_program())


def test_a_deleted_plan_leaves_a_line(plan):
    delete_plan(plan=plan, actor=None, now=NOW)
    assert not WavePlan.objects.exists()
    assert AuditEvent.objects.get(action="plan.deleted").subject == f"plan:{plan.pk}"


def test_who_reckons_or_moves_meanwhile_is_told_that_it_is_gone(plan):
    delete_plan(plan=WavePlan.objects.get(), actor=None, now=NOW)
    wishes = from_dict(plan.wishes)
    with pytest.raises(Refusal, match="baru saja dihapus"):
        save_plan(program=plan.program, plan=plan, version=1, name="Lain", wishes=wishes, actor=None, now=NOW)
    for act in (delete_plan, copy_plan):
        with pytest.raises(Refusal, match="baru saja dihapus"):
            act(plan=plan, actor=None, now=NOW)
    assert not WavePlan.objects.exists()


def test_an_accepted_plan_stays_and_so_do_its_waves(plan):
    accept_plan(plan=plan, version=1, actor=None, now=NOW)
    with pytest.raises(Refusal, match="tidak dapat dihapus"):
        delete_plan(plan=plan, actor=None, now=NOW)
    assert Wave.objects.count() == 2
