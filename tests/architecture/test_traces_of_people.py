"""The search for numbers of people through a whole run (`tests/infra/traces.py`) finds what is planted."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra import traces
from tests.infra.environment import clean_environment

BASE = Path(__file__).parents[2]
NIK, PHONE = "6309061203700001", "+6281234567890"


@pytest.fixture
def found(monkeypatch) -> list[str]:
    hits: list[str] = []
    monkeypatch.setattr(traces, "hits", hits)
    return hits


def test_the_numbers_of_the_tests_people_are_known():
    niks, phones = traces.seeds()
    assert NIK in niks
    assert PHONE.removeprefix("+62") in phones


def test_a_nik_is_found_in_a_message_and_a_telephone_only_in_a_log(found):
    traces.note("message", f"Yth. {PHONE}")
    assert found == []
    traces.note("message", f"NIK {NIK}")
    traces.note("log", f"to {PHONE}", with_phones=True)
    traces.note("log", "to 0812-••••-7890, 6309••••••••0001", with_phones=True)
    assert found == ["message: …0001", "log: …7890"]


def test_a_nik_is_found_in_the_files_of_a_portal(found, tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").write_text(f"GET /?cari={NIK}\n")
    (tmp_path / "rtportal.sqlite3").write_bytes(b"\x00\x17005" + NIK.encode() + b"7\xff")
    traces.note_folder(tmp_path, only_logs=True)
    assert found == ["log web.log: …0001"]
    traces.note_folder(tmp_path, only_logs=False)
    assert len(found) == 3


PLANTED = """
import logging

import pytest


@pytest.mark.django_db
def test_logs_and_passes(client):
    {planted}
"""


@pytest.mark.parametrize(
    ("planted", "place"),
    [('import sys; print("6309061203700001", file=sys.stderr)', "Captured stderr call of"), ("pass", "")],
)
def test_a_run_with_a_number_in_the_wrong_place_fails_though_its_tests_pass(tmp_path, planted, place):
    # Not beside the other tests: whatever reads their folder at the same time would meet it.
    (tmp_path / "test_planted.py").write_text(PLANTED.format(planted=planted))
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.conftest"]\n')
    command = [sys.executable, "-m", "pytest", "-c", str(BASE / "pyproject.toml"), "-q", str(tmp_path)]
    # Not as a part of a parallel run.
    alone = {name: value for name, value in clean_environment().items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=BASE, env=alone, capture_output=True, text=True, timeout=180)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    if place:
        assert done.returncode == 1
        assert "NUMBERS OF PEOPLE" in done.stdout
        assert place in done.stdout
    else:
        assert done.returncode == 0, done.stdout
