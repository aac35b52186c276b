from dataclasses import asdict
from datetime import date

import pytest

from programs.models import WavePlan
from programs.planner import Area, Plan, PlannedWave, Problem, Slot
from programs.planner.problem import as_dict
from programs.queries.plans import (
    PlanArea,
    overtaken,
    plan_rows,
    proof_words,
    read_plan,
    roster_changes,
)

FIRST = Slot("a", 1, "Aula", date(2026, 4, 8), 300)
SECOND = Slot("b", 1, "Aula", date(2026, 4, 9), 300)
PROBLEM = Problem(areas=(Area("1", "Jaro", 10, 10), Area("2", "Kelua", 8, 8)), slots=(FIRST, SECOND))


def figures(**changes) -> Plan:
    waves = (PlannedWave("a", ("1",), 10), PlannedWave("b", ("2",), 8))
    asked = {"spread": 2, "lower_bound": 0, "is_optimal": False, "cut": 0, "distance": 0.0, "fewest_waves_bound": 2}
    return Plan(waves=waves, **asked | changes)


def plan(**assignment) -> WavePlan:
    return WavePlan(state="solved", problem=as_dict(PROBLEM), assignment=assignment, result=asdict(figures()))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_optimal": True}, "terbukti optimal"),
        ({}, "paling jauh 2 orang dari optimal"),
        (
            {"fewest_waves_bound": 1},
            "paling jauh 2 orang dari optimal; belum terbukti bahwa 2 gelombang adalah yang paling sedikit",
        ),
        ({"fewest_waves_bound": 1, "spread": 0}, "belum terbukti bahwa 2 gelombang adalah yang paling sedikit"),
    ],
)
def test_how_good_a_division_is_stands_in_words(changes, words):
    assert proof_words(figures(**changes)) == words


def test_figures_come_back_from_json():
    assert read_plan(asdict(figures()) | {"solved": {}}) == figures()


def test_what_became_of_the_roster_is_told_area_by_area():
    live = [
        PlanArea(Area("1", "Jaro", 11, 11), ""),
        PlanArea(Area("3", "Upau", 4, 4), ""),
        PlanArea(Area("4", "Tanta", 9, 9), "sudah di Gelombang 1"),
    ]
    found = [(change.name, change.before, change.after) for change in roster_changes(PROBLEM, live)]
    assert found == [("Jaro", 10, 11), ("Kelua", 8, None), ("Upau", None, 4)]
    assert roster_changes(PROBLEM, [PlanArea(area, "") for area in PROBLEM.areas]) == []


def test_what_others_have_got_since_is_told():
    live = [PlanArea(PROBLEM.areas[0], "sudah di Gelombang 1"), PlanArea(PROBLEM.areas[1], "")]
    found = overtaken(plan(**{"1": "a", "2": "b"}), live, [FIRST])
    assert found == ["Jaro sudah di Gelombang 1.", "Kamis, 9 April 2026, Aula: tempat tidak kosong lagi."]


def test_a_list_shows_the_loads_and_none_where_nothing_fits():
    tight = WavePlan(name="Sempit", state="impossible", result={"reliefs": []})
    rows = plan_rows([plan(), tight])
    assert [(row.loads, row.proof) for row in rows] == [("10 + 8", "paling jauh 2 orang dari optimal"), ("", "")]
