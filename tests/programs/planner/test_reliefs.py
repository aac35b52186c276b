"""Where no plan exists: which limits clash, in words, and that each relief truly relieves."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from programs.planner import Impossible, Plan, Problem, Rules, solve
from tests.programs.planner.brute_force import allowed
from tests.programs.planner.problems import FIRST_DAY, areas_of, slots_of, small_problems, tabalong


def sentences(answer: Impossible) -> list[str]:
    return [relief.sentence for relief in answer.reliefs]


def test_too_few_seats_name_what_is_missing_and_the_cheapest_relief_first() -> None:
    answer = solve(tabalong(capacity=310))
    assert [limit.sentence for limit in answer.limits] == [
        "Diperlukan 951 kursi, 3 gelombang terbesar memuat 930 kursi, kurang 21 kursi."
    ]
    assert sentences(answer) == [
        "kapasitas 310 kurang 8 kursi",
        "tambah satu gelombang pada tanggal baru di Pendopo Bersinar (310 kursi)",
    ]
    assert [relief.cost for relief in answer.reliefs] == [21, 317]


def test_a_wave_more_needs_no_new_date_where_dates_are_left() -> None:
    assert "tambah satu gelombang" in sentences(solve(tabalong(capacity=310, dates=5)))


def test_an_area_larger_than_every_hall_may_be_split() -> None:
    answer = solve(Problem(areas_of([371, 100, 90]), slots_of([350, 350]), wave_count=2))
    assert [(limit.kind, limit.areas) for limit in answer.limits] == [("area_too_big", ("a0",))]
    assert answer.limits[0].sentence == (
        "Desa 0 memerlukan 371 kursi, kapasitas terbesar pada tanggalnya 350 kursi, kurang 21 kursi."
    )
    assert "kapasitas 350 kurang 21 kursi" in sentences(answer)
    assert "pecah Desa 0 menjadi dua bagian, masing-masing sekitar 186 kursi" in sentences(answer)


def test_what_fits_each_by_itself_but_not_all_at_once_is_proven_by_search() -> None:
    answer = solve(Problem(areas_of([7, 6, 6]), slots_of([10, 10]), wave_count=2))
    assert [limit.sentence for limit in answer.limits] == [
        "Tidak dapat dipenuhi sekaligus: 3 wilayah tetap utuh; paling banyak 10 kursi per gelombang; 2 gelombang."
    ]
    assert answer.is_proven
    assert {relief.kind for relief in answer.reliefs} == {"capacity", "waves", "split"}


def test_seats_that_no_whole_area_can_fill_do_not_count() -> None:
    answer = solve(Problem(areas_of([6, 6, 6]), slots_of([9, 9]), wave_count=2))
    assert [limit.sentence for limit in answer.limits] == [
        "Diperlukan 18 kursi, 2 gelombang terbesar hanya dapat terisi 12 kursi karena wilayah tetap utuh."
    ]


def test_dates_that_are_missing_are_named() -> None:
    answer = solve(Problem(areas_of([6, 6]), slots_of([9]), Rules(most_areas=1), wave_count=2))
    assert "tambah satu tanggal di Aula 0 (9 kursi)" in sentences(answer)


@pytest.mark.parametrize(
    ("rules", "kind", "relief"),
    [
        (
            Rules(on_day=(("63.09.06", FIRST_DAY),), not_on_day=(("63.09.06", FIRST_DAY),)),
            "no_day",
            "hapus aturan: Murung Pudak tidak pada 8 Nov 2023",
        ),
        (
            Rules(together=(("63.09.06", "63.09.07"),), apart=(("63.09.06", "63.09.07"),)),
            "together_apart",
            "hapus aturan: Murung Pudak dan Muara Uya bersama",
        ),
        (
            Rules(apart=(("63.09.01", "63.09.02", "63.09.03", "63.09.04"),)),
            "apart",
            "hapus aturan: Banua Lawas, Kelua, Tanta dan Tanjung terpisah",
        ),
        (Rules(most_areas=3), "most_areas", "izinkan 4 wilayah per gelombang, bukan 3"),
        (Rules(on_day=(("63.09.06", FIRST_DAY + timedelta(days=1)),)), "no_day", "hapus aturan: Murung Pudak pada"),
        (Rules(on_day=tuple((f"63.09.0{n}", FIRST_DAY) for n in (1, 2, 3, 6))), "day_full", "hapus aturan: "),
    ],
)
def test_rules_that_clash_are_named(rules: Rules, kind: str, relief: str) -> None:
    answer = solve(tabalong(rules=rules))
    assert kind in [limit.kind for limit in answer.limits]
    assert any(sentence.startswith(relief) for sentence in sentences(answer))


def test_where_one_change_is_not_enough_several_are_named_together() -> None:
    rules = Rules(on_day=(("63.09.06", FIRST_DAY + timedelta(days=1)),))
    answer = solve(tabalong(capacity=310, rules=rules))
    assert sentences(answer)[0] == "hapus aturan: Murung Pudak pada 9 Nov 2023; kapasitas 310 kurang 8 kursi"


def test_more_waves_than_areas_are_too_many() -> None:
    answer = solve(Problem(areas_of([5, 5]), slots_of([9, 9, 9, 9]), wave_count=4))
    assert [limit.kind for limit in answer.limits] == ["too_many_waves"]
    assert "kurangi menjadi 2 gelombang" in sentences(answer)


def test_without_areas_or_slots_there_is_nothing_to_plan() -> None:
    assert [limit.kind for limit in solve(Problem((), slots_of([9]))).limits] == ["no_areas"]
    assert [limit.kind for limit in solve(Problem(areas_of([5]), ())).limits] == ["no_slots"]


def test_a_large_impossible_problem_is_answered_too() -> None:
    answer = solve(Problem(areas_of([7] * 300), slots_of([20] * 100), wave_count=100))
    assert isinstance(answer, Impossible)
    assert "kapasitas 20 kurang 1 kursi" in sentences(answer)


@settings(max_examples=50, deadline=None)
@given(small_problems(most_areas=5, most_slots=3))
def test_seats_named_as_missing_are_enough_and_one_fewer_is_not(problem: Problem) -> None:
    answer = solve(problem)
    if isinstance(answer, Plan):
        return
    assert answer.reliefs
    for relief in answer.reliefs:
        match = re.fullmatch(r"kapasitas (?:[\d.-]+|setiap tempat) kurang ([\d.]+) kursi", relief.sentence)
        if match:
            seats = int(match[1].replace(".", ""))
            assert any(True for _ in allowed(_enlarged(problem, seats)))
            assert not any(True for _ in allowed(_enlarged(problem, seats - 1)))


@settings(max_examples=50, deadline=None)
@given(small_problems(most_areas=5, most_slots=3))
def test_a_number_of_waves_named_as_relief_works(problem: Problem) -> None:
    answer = solve(problem)
    for relief in getattr(answer, "reliefs", ()):
        if match := re.fullmatch(r"kurangi menjadi (\d+) gelombang", relief.sentence):
            assert any(True for _ in allowed(replace(problem, wave_count=int(match[1]))))


def _enlarged(problem: Problem, seats: int) -> Problem:
    return replace(problem, slots=tuple(replace(slot, capacity=slot.capacity + seats) for slot in problem.slots))


def test_areas_of_which_none_fits_anywhere_are_split_together() -> None:
    problem = Problem(areas_of([150, 130, 60]), slots_of([120] * 5))
    answer = solve(problem)
    split = next(relief for relief in answer.reliefs if relief.kind == "split")
    assert split.sentence == "pecah Desa 0 menjadi dua bagian dan Desa 1 menjadi dua bagian"
    assert (split.areas, split.cost) == (("a0", "a1"), 280)
