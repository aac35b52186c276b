"""The benchmark's arithmetic and its answers; nothing is timed here."""

import json
from pathlib import Path

import pytest

from tests.load import bench
from tests.load.list_sides import PAGES
from tests.load.rows import Row, at_least, at_most, same, under

ROOT = Path(__file__).parents[2]
KEYS = ["issue", "name", "ours", "baseline", "unit", "ratio", "reach", "ok"]


@pytest.mark.parametrize(
    ("row", "ratio", "reach", "ok"),
    [
        (at_least("cepat", 51, 100, "pesan/s", 0.5), 0.51, "≥ 50%", True),
        (at_least("lambat", 49, 100, "pesan/s", 0.5), 0.49, "≥ 50%", False),
        (at_most("ringan", 16, 2, "s", 8), 8.0, "≤ 8×", True),
        (at_most("berat", 16.1, 2, "s", 8), 8.05, "≤ 8×", False),
        (under("muat", 20, 20, "KiB"), 1.0, "≤ 20 KiB", True),
        (under("tidak muat", 21, 20, "KiB"), 1.05, "≤ 20 KiB", False),
        (same("sama", 7, 7, "kueri"), 1.0, "sama", True),
        (same("lebih", 8, 7, "kueri"), 1.143, "sama", False),
        (same("kurang", 6, 7, "kueri"), 0.857, "sama", False),
    ],
)
def test_a_figure_is_judged_by_its_ratio(row: Row, ratio: float, reach: str, ok: bool) -> None:
    assert (row.ratio, row.reach, row.ok) == (ratio, reach, ok)


def test_rounding_for_the_table_does_not_let_a_miss_pass() -> None:
    row = at_least("nyaris", 499.9, 1000, "pesan/s", 0.5)
    assert row.ratio == 0.5
    assert not row.ok


def test_a_line_has_the_agreed_keys() -> None:
    line = at_most("impor", 9.123, 2, "s", 8).as_json()
    assert list(line) == KEYS
    assert line["issue"] == 2
    assert json.loads(json.dumps(line)) == line


def test_a_line_says_what_issue_it_belongs_to() -> None:
    line = under("rencana gelombang", 1, 5, "s").of_issue(3).as_json()
    assert list(line) == KEYS
    assert line["issue"] == 3


def test_a_fixed_limit_has_no_baseline() -> None:
    assert under("memori", 100, 250, "MB").as_json()["baseline"] is None


def test_the_report_is_a_table_and_json(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = tmp_path / "var" / "bench.json"
    rows = [under("berat halaman", 12, 20, "KiB"), same("kueri program", 6, 6, "kueri")]
    assert bench.report(rows, path) == 0
    assert json.loads(path.read_text()) == [row.as_json() for row in rows]
    heading, first, second = (line.split() for line in capsys.readouterr().out.splitlines())
    assert heading == ["name", "ours", "baseline", "unit", "ratio", "reach", "ok"]
    assert first == ["berat", "halaman", "12", "–", "KiB", "0.6", "≤", "20", "KiB", "ya"]
    assert second == ["kueri", "program", "6", "6", "kueri", "1.0", "sama", "ya"]


def test_a_missed_reach_fails_the_benchmark(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    rows = [under("berat halaman", 12, 20, "KiB"), same("kueri program", 7, 6, "kueri")]
    assert bench.report(rows, tmp_path / "bench.json") == 1
    assert "TIDAK" in capsys.readouterr().out


def test_an_unknown_figure_is_refused_before_anything_is_measured(capsys: pytest.CaptureFixture) -> None:
    assert bench.main(["roster_import", "kecepatan"]) == 2
    assert "kecepatan" in capsys.readouterr().err


def test_every_measure_has_its_module() -> None:
    missing = [name for name in bench.MEASURES if not (ROOT / "tests" / "load" / f"{name}.py").exists()]
    assert missing == []


def _templates_with(words: str) -> set[Path]:
    return {path for path in (ROOT / "templates").rglob("*.html") if words in path.read_text()}


def test_the_queries_of_every_page_with_a_paged_list_are_counted() -> None:
    paged = _templates_with('"_pagination.html"')
    for fragment in [path for path in paged if path.name.startswith("_")]:
        paged |= _templates_with(f'"{fragment.relative_to(ROOT / "templates")}"')
    views = {f"{path.parent.name}:{path.stem}" for path in paged if not path.name.startswith("_")}
    assert views - {page.name for page in PAGES} == set()
