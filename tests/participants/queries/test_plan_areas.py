from datetime import date, time

import pytest

from participants.queries.plan_areas import divisible, places_of, plan_areas
from programs.queries.plan_wishes import PlanRule, PlanWishes
from tests import factories
from tests.factories import JARO, MUARA_UYA, MURUNG_PUDAK

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(db):
    """A village of Jaro with heads in RW 001, RW 002 and without RW."""
    factories.regions(factories.TABALONG)
    code = factories.villages_of(JARO)[0].code
    for number, rw in enumerate(["001", "001", "002", ""], start=1):
        factories.head(village=code, rw=rw, number=f"{number:03d}")
    factories.heads(5, district=MUARA_UYA)
    return code


@pytest.fixture
def program(village):
    return factories.program()


def wishes(level="district", **changes):
    asked = {"venues": (1,), "days": (date(2026, 4, 8),), "hours": ((time(8), time(15)),)}
    return PlanWishes(level=level, **asked | changes)


def heads(program, **changes) -> dict[str, int]:
    return {one.area.code: one.area.heads for one in plan_areas(program, wishes(**changes))}


def test_kecamatan_are_counted_whole_with_their_coordinates(program, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = plan_areas(program, wishes())
    assert len(found) == 12
    jaro = next(one.area for one in found if one.area.code == JARO)
    assert (jaro.name, jaro.heads, jaro.seats, jaro.parent) == ("Jaro", 4, 4, "")
    assert jaro.latitude is not None


def test_companions_take_seats_but_are_no_heads(village):
    program = factories.program(companions="required")
    jaro = next(one.area for one in plan_areas(program, wishes()) if one.area.code == JARO)
    assert (jaro.heads, jaro.seats) == (4, 8)


def test_villages_are_parts_of_their_kecamatan(program, village):
    found = {one.area.code: one.area for one in plan_areas(program, wishes("village"))}
    assert (found[village].heads, found[village].parent) == (4, JARO)
    assert sum(area.heads for area in found.values()) == 9


def test_rw_are_parts_of_a_village_and_one_without_rw_stays_whole(program, village, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = {one.area.code: one.area for one in plan_areas(program, wishes("rw"))}
    assert {code: area.heads for code, area in found.items() if code.startswith(village)} == {
        f"{village}/-": 1,
        f"{village}/001": 2,
        f"{village}/002": 1,
    }
    assert found[f"{village}/001"].parent == village
    other = factories.villages_of(MUARA_UYA)[0].code
    assert found[other].parent == MUARA_UYA


def test_only_some_kecamatan_can_be_asked_for_and_single_ones_split(program, village):
    assert set(heads(program, districts=(JARO,))) == {JARO}
    split = heads(program, districts=(JARO, MUARA_UYA), rules=(PlanRule("split", JARO),))
    assert MUARA_UYA in split
    assert JARO not in split
    parts = heads(program, districts=(JARO,), rules=(PlanRule("split", JARO), PlanRule("split", village)))
    assert f"{village}/002" in parts


def test_villages_of_the_same_name_are_told_apart(program):
    names = [one.area.name for one in plan_areas(program, wishes("village"))]
    assert len(names) == len(set(names))
    assert "Padangin (Tanta)" in names


def test_what_a_wave_has_wholly_or_in_part_is_taken(program, village):
    factories.wave(program=program, areas=(f"{village}/001", MURUNG_PUDAK))
    taken = {one.area.code: one.taken for one in plan_areas(program, wishes())}
    assert (taken[JARO], taken[MURUNG_PUDAK], taken[MUARA_UYA]) == (
        "sebagian di Gelombang 1",
        "sudah di Gelombang 1",
        "",
    )
    parts = {one.area.code: one.taken for one in plan_areas(program, wishes("rw"))}
    assert (parts[f"{village}/001"], parts[f"{village}/002"]) == ("sudah di Gelombang 1", "")


def test_every_place_that_a_rule_may_name_has_one_label(program, village, django_assert_num_queries):
    with django_assert_num_queries(2):
        places = places_of(program)
    labels = [place.label for place in places]
    assert len(labels) == len(set(labels))
    assert {"Kecamatan Jaro", "Desa Jaro (Jaro)"} <= set(labels)
    assert f"{village}/001" in {place.key for place in places}


def test_what_the_roster_knows_parts_of_can_be_divided(program, village):
    plain = factories.villages_of(MUARA_UYA)[0].code
    assert divisible(program, [JARO, village, plain, f"{village}/001"]) == {JARO, village}
