from dataclasses import replace
from datetime import date, time

import pytest

from programs.plan_checker import check
from programs.planner import Area, Problem, Rules, Slot

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)
AREAS = (
    Area("63.09.02", "Kelua", 75, 75),
    Area("63.09.03", "Tanta", 88, 88),
    Area("63.09.06.01", "Mabuun", 40, 40, "63.09.06"),
    Area("63.09.06.02", "Pembataan", 50, 50, "63.09.06"),
)
SLOTS = (Slot("mon", 1, "Pendopo", MONDAY, 170), Slot("tue", 1, "Pendopo", TUESDAY, 170))
PLAN = {"63.09.02": "mon", "63.09.03": "mon", "63.09.06.01": "tue", "63.09.06.02": "tue"}


def problem(**rules: object) -> Problem:
    return Problem(AREAS, SLOTS, Rules(**rules), 2)


def test_a_plan_that_obeys_has_no_fault() -> None:
    obeyed = problem(
        on_day=(("63.09.02", MONDAY), ("63.09.06", TUESDAY)),
        not_on_day=(("63.09.06", MONDAY),),
        together=(("63.09.06",), ("63.09.02", "63.09.03")),
        apart=(("63.09.02", "63.09.06"), ("63.09.03", "63.09.06.01")),
        most_areas=2,
    )
    assert check(obeyed, PLAN) == ()


@pytest.mark.parametrize(
    ("rules", "kind", "areas", "slot_key", "sentence"),
    [
        (
            {"on_day": (("63.09.02", TUESDAY),)},
            "on_day",
            ("63.09.02",),
            "mon",
            "Kelua harus pada 6 Jan 2026, sekarang 5 Jan 2026.",
        ),
        (
            {"not_on_day": (("63.09.06.01", TUESDAY),)},
            "not_on_day",
            ("63.09.06.01",),
            "tue",
            "Mabuun tidak boleh pada 6 Jan 2026.",
        ),
        (
            {"together": (("63.09.02", "63.09.06.01"),)},
            "together",
            ("63.09.02", "63.09.06.01"),
            "",
            "Kelua dan Mabuun harus dalam satu gelombang.",
        ),
        (
            {"apart": (("63.09.02", "63.09.03"),)},
            "apart",
            ("63.09.02", "63.09.03"),
            "mon",
            "Kelua dan Tanta tidak boleh dalam gelombang yang sama.",
        ),
        (
            {"apart": (("63.09.06", "63.09.06.01"),)},
            "apart",
            ("63.09.06.01", "63.09.06.02"),
            "tue",
            "Mabuun dan Pembataan tidak boleh dalam gelombang yang sama.",
        ),
    ],
)
def test_a_broken_rule_is_named(rules, kind, areas, slot_key, sentence) -> None:
    [found] = check(problem(**rules), PLAN)
    assert (found.kind, found.areas, found.slot_key, found.sentence) == (kind, areas, slot_key, sentence)


def test_every_wave_with_too_many_areas_is_named() -> None:
    assert [(each.kind, each.slot_key) for each in check(problem(most_areas=1), PLAN)] == [
        ("most_areas", "mon"),
        ("most_areas", "tue"),
    ]


def test_a_rule_about_a_parent_means_each_of_its_areas() -> None:
    found = check(problem(on_day=(("63.09.06", MONDAY),)), PLAN)
    assert [each.areas for each in found] == [("63.09.06.01",), ("63.09.06.02",)]


def test_missing_seats_are_counted() -> None:
    [found] = check(problem(), {**PLAN, "63.09.06.01": "mon"})
    assert found.kind == "seats"
    assert found.sentence == "Pendopo, 5 Jan 2026: 203 orang, kapasitas 170 kursi, kurang 33 kursi."


def test_what_is_left_out_and_what_is_not_known_is_named() -> None:
    found = check(problem(), {"63.09.02": "mon", "63.09.03": "wed", "63.09.99": "tue", "63.09.06.01": "tue"})
    assert [(each.kind, each.areas, each.slot_key) for each in found] == [
        ("unknown_area", ("63.09.99",), ""),
        ("unknown_slot", (), "wed"),
        ("unplaced", ("63.09.03", "63.09.06.02"), ""),
    ]


def test_another_number_of_waves_than_asked_for_is_named() -> None:
    wide = replace(problem(), slots=tuple(replace(slot, capacity=300) for slot in SLOTS))
    [found] = check(wide, dict.fromkeys(PLAN, "mon"))
    assert (found.kind, found.sentence) == ("wave_count", "Diminta 2 gelombang, rencana ini berisi 1.")
    assert check(replace(wide, wave_count=None), dict.fromkeys(PLAN, "mon")) == ()


def test_of_very_many_areas_only_some_are_named() -> None:
    many = tuple(Area(f"a{index}", f"Desa {index}", 1, 1) for index in range(9))
    [found] = check(Problem(many, SLOTS), {})
    assert found.sentence == (
        "Belum masuk gelombang mana pun: Desa 0, Desa 1, Desa 2, Desa 3, Desa 4 dan 4 wilayah lain."
    )


def test_a_date_belongs_to_every_wave_that_it_lies_in() -> None:
    hotel = (Slot("mon", 1, "Hotel", MONDAY, 170, 3), Slot("thu", 1, "Hotel", date(2026, 1, 8), 170, 3))
    placed = dict.fromkeys(PLAN, "thu") | {"63.09.02": "mon", "63.09.03": "mon"}
    obeyed = Rules(on_day=(("63.09.02", date(2026, 1, 7)),), not_on_day=(("63.09.03", date(2026, 1, 8)),))
    assert check(Problem(AREAS, hotel, obeyed), placed) == ()
    broken = Rules(on_day=(("63.09.02", date(2026, 1, 8)),), not_on_day=(("63.09.03", TUESDAY),))
    assert [each.sentence for each in check(Problem(AREAS, hotel, broken), placed)] == [
        "Kelua harus pada 8 Jan 2026, sekarang 5–7 Jan 2026.",
        "Tanta tidak boleh pada 6 Jan 2026.",
    ]


def test_of_two_blocks_of_a_day_the_full_one_is_named() -> None:
    blocks = tuple(replace(SLOTS[0], key=f"{hour}", starts=time(hour), ends=time(hour + 4)) for hour in (8, 13))
    placed = dict.fromkeys(PLAN, "13") | {"63.09.02": "8"}
    [found] = check(Problem(AREAS, blocks), placed)
    assert found.sentence == "Pendopo, 5 Jan 2026, 13.00–17.00: 178 orang, kapasitas 170 kursi, kurang 8 kursi."
