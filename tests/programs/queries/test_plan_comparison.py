from dataclasses import asdict
from datetime import date

from programs.models import WavePlan
from programs.planner import Area, Problem, Slot, evaluate
from programs.planner.problem import as_dict
from programs.queries.plan_comparison import compare

MONDAY = Slot("mon", 1, "Aula", date(2026, 4, 6), 300)
TUESDAY = Slot("tue", 1, "Aula", date(2026, 4, 7), 300)
FRIDAY = Slot("fri", 1, "Aula", date(2026, 4, 10), 300)
HOTEL = Slot("hotel", 2, "Hotel", date(2026, 4, 6), 300)
JARO, KELUA, UPAU = Area("63.09.11", "Jaro", 10, 10), Area("63.09.02", "Kelua", 8, 8), Area("63.09.10", "Upau", 3, 3)
DISTRICTS = (JARO, KELUA, UPAU)
VILLAGES = tuple(Area(f"63.09.11.200{number}", f"Desa {number}", 5, 5, parent="63.09.11") for number in (1, 2))


def plan(name: str, slots=(MONDAY, TUESDAY, FRIDAY, HOTEL), areas=DISTRICTS, **keys: str) -> WavePlan:
    """Areas by name and the key of their slot."""
    problem = Problem(areas=areas, slots=slots)
    assignment = {area.code: keys[area.name.replace(" ", "_")] for area in areas}
    result = asdict(evaluate(problem, assignment))
    return WavePlan(name=name, state="solved", problem=as_dict(problem), assignment=assignment, result=result)


FIRST = plan("Satu", Jaro="mon", Kelua="tue", Upau="tue")


def names(areas) -> list[str]:
    return [area.name for area in areas]


def test_areas_in_different_waves_come_first_with_their_place_in_each_plan():
    found = compare([FIRST, plan("Dua", Jaro="mon", Kelua="tue", Upau="mon")], 4)
    assert names(found.moved) == ["Upau"]
    assert found.moved[0].places == [("Satu", "Gelombang 5: 7 Apr 2026"), ("Dua", "Gelombang 4: 6 Apr 2026")]
    assert [(area.name, area.place) for area in found.same] == [
        ("Jaro", "Gelombang 4: 6 Apr 2026"),
        ("Kelua", "Gelombang 5: 7 Apr 2026"),
    ]
    assert found.moved_heads == 3


def test_a_plan_without_a_division_does_not_count_as_agreeing():
    impossible = WavePlan(name="Dua", state="impossible", problem=FIRST.problem)
    assert compare([FIRST, impossible], 1).divided == 1
    assert compare([FIRST, plan("Tiga", Jaro="mon", Kelua="tue", Upau="mon")], 1).divided == 2


def test_the_venue_is_named_only_where_there_are_several():
    found = compare([FIRST, plan("Dua", Jaro="hotel", Kelua="tue", Upau="tue")], 1)
    assert [wave.when for wave in found.plans[1].waves] == ["6 Apr 2026, Hotel", "7 Apr 2026, Aula"]
    assert names(found.moved) == ["Jaro"]


def test_the_same_company_on_another_date_is_said():
    found = compare([FIRST, plan("Dua", Jaro="mon", Kelua="fri", Upau="fri")], 1)
    assert found.alike == [["Satu", "Dua"]]
    assert names(found.moved) == ["Kelua", "Upau"]


def test_where_one_plan_divides_what_the_other_keeps_whole_the_whole_is_one_line():
    parted = plan("Dua", areas=(*VILLAGES, KELUA, UPAU), Desa_1="mon", Desa_2="tue", Kelua="tue", Upau="tue")
    found = compare([FIRST, parted], 1)
    assert names(found.moved) == ["Jaro"]
    assert found.moved[0].places[1][1] == ("Gelombang 1: 6 Apr 2026 (1 bagian); Gelombang 2: 7 Apr 2026 (1 bagian)")
    whole = plan("Tiga", areas=(*VILLAGES, KELUA, UPAU), Desa_1="mon", Desa_2="mon", Kelua="tue", Upau="tue")
    assert compare([FIRST, whole], 1).moved == []


def test_the_better_figures_are_marked_and_equal_ones_are_not():
    uneven = plan("Dua", Jaro="mon", Kelua="mon", Upau="tue")
    found = compare([FIRST, uneven], 1)
    assert [one.best for one in found.plans] == [{"spread"}, set()]
    assert [[wave.seats for wave in one.waves] for one in found.plans] == [[10, 11], [18, 3]]


def test_a_plan_without_a_division_stands_aside():
    tight = WavePlan(name="Sempit", state="impossible", problem=FIRST.problem, result={"reliefs": []})
    found = compare([FIRST, tight], 1)
    assert (found.moved, found.alike, found.plans[1].waves) == ([], [], [])
    assert dict(found.same[0].places)["Sempit"] == "–"
