import pytest

from programs.errors import Refusal, StaleEdit
from programs.plan_checker import check
from programs.planner.problem import from_dict
from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.move_areas import move_areas
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK, NOW, TANJUNG
from tests.programs.plans import DAYS, other_slot, peopled_program, two_waves

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    return two_waves(peopled_program(), venue=factories.venue(capacity=30, name="Aula Tanjung"))


def move(plan, *areas, slot=None, version=None, actor=None):
    target = slot or other_slot(plan, areas[0])
    version = plan.version if version is None else version
    return move_areas(plan=plan, version=version, areas=areas, slot=target, actor=actor, now=NOW)


def test_totals_spread_and_proof_follow_a_move(plan):
    moved = move(plan, JARO)
    # 14 and 10 + 8 + 6.
    assert sorted(wave["seats"] for wave in moved.result["waves"]) == [14, 24]
    assert (moved.result["spread"], moved.result["lower_bound"], moved.result["is_optimal"]) == (10, 2, False)
    assert moved.version == 2


def test_moved_back_it_is_proven_again(plan):
    first = slot = plan.assignment[JARO]
    move(plan, JARO)
    plan.refresh_from_db()
    back = move(plan, JARO, slot=slot)
    assert back.assignment[JARO] == first
    assert back.result["is_optimal"]


def test_several_areas_move_at_once_and_the_line_names_them(plan):
    official = factories.user()
    together = sorted(code for code in (MUARA_UYA, TANJUNG) if plan.assignment[code] == plan.assignment[MUARA_UYA])
    moved = move(plan, *together, actor=official)
    assert {moved.assignment[code] for code in together} == {moved.assignment[MURUNG_PUDAK]}
    line = AuditEvent.objects.get(subject=f"plan:{plan.pk}", action="plan.moved")
    assert line.actor == official
    assert "Muara Uya" in line.sentence
    assert "Aula Tanjung" in line.sentence


def test_an_area_may_go_to_a_day_that_had_no_wave(plan):
    plan = two_waves(plan.program, on=DAYS, name="Rencana 2", wave_count=None, venue=factories.venue(capacity=30))
    unused = next(slot["key"] for slot in plan.problem["slots"] if slot["key"] not in plan.assignment.values())
    moved = move(plan, JARO, slot=unused)
    assert len(moved.result["waves"]) == 3


def test_what_the_change_breaks_is_kept_and_named_by_the_checker(plan):
    whole = [code for code, key in plan.assignment.items() if key == plan.assignment[JARO]]
    moved = move(plan, *whole)
    kinds = {violation.kind for violation in check(from_dict(moved.problem), moved.assignment)}
    assert kinds == {"wave_count", "seats"}
    assert not moved.result["is_optimal"]


def test_an_area_that_is_there_already_changes_nothing(plan):
    assert move(plan, JARO, slot=plan.assignment[JARO]).version == 1


def test_the_second_official_is_told_what_the_first_moved(plan):
    move(plan, JARO, actor=factories.user(name="Hasan Basri"))
    with pytest.raises(StaleEdit) as refusal:
        move(plan, TANJUNG, version=1)
    [change] = refusal.value.changes
    assert (change.label, change.who) == ("Jaro", "Hasan Basri")
    assert change.before != change.after
    plan.refresh_from_db()
    assert plan.version == 2


@pytest.mark.parametrize(
    ("areas", "slot", "sentence"),
    [
        ((), None, "Pilih paling sedikit satu wilayah"),
        (("99.99.99",), None, "Pilih paling sedikit satu wilayah"),
        ((JARO,), "2031-01-01/1", "Pilih gelombang tujuan"),
        ((JARO,), "", "Pilih gelombang tujuan"),
    ],
)
def test_what_the_plan_does_not_have_is_refused(plan, areas, slot, sentence):
    with pytest.raises(Refusal, match=sentence):
        move_areas(plan=plan, version=1, areas=areas, slot="x" if slot is None else slot, actor=None, now=NOW)


def test_an_accepted_plan_stays_as_it_was_accepted(plan):
    accept_plan(plan=plan, version=1, actor=None, now=NOW)
    with pytest.raises(Refusal, match="sudah diterima"):
        move(plan, JARO, version=2)


def test_a_plan_without_a_division_has_nothing_to_move(plan):
    bare = two_waves(plan.program, name="Rencana 2", venue=factories.venue(capacity=5))
    with pytest.raises(Refusal, match="belum mempunyai pembagian"):
        move(bare, JARO, slot=bare.problem["slots"][0]["key"])
