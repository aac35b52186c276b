"""What SECURITY.md and the table of BSSN 4/2021 name is there."""

import re

import pytest

from rtportal.env import BASE_DIR

PAPERS = {name: (BASE_DIR / name).read_text() for name in ("SECURITY.md", "deploy/BSSN-4-2021.md")}
# A name in backquotes with a slash or an ending is a file's; `SESSION_HOURS`, `unsafe-*` and commands are not.
_FILE = re.compile(r"`([\w./-]+(?:/[\w.-]+|\.(?:py|md|txt)))`")
GROUPS = (
    "Autentikasi",
    "Manajemen sesi",
    "Persyaratan kontrol akses",
    "Validasi input",
    "Kriptografi pada verifikasi statis",
    "Penanganan eror dan pencatatan log",
    "Proteksi data",
    "Keamanan komunikasi",
    "Pengendalian kode berbahaya",
    "Logika bisnis",
    "File",
    "API dan web service",
    "Konfigurasi",
)


def files(text: str) -> list[str]:
    return _FILE.findall(text)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_is_named_is_there(paper):
    named = files(PAPERS[paper])
    assert len(named) > 10
    assert [name for name in named if not (BASE_DIR / name).exists()] == []


def test_every_group_names_where_it_is_met_and_a_test_that_shows_it():
    rows = [row.strip("| ").split(" | ") for row in PAPERS["deploy/BSSN-4-2021.md"].splitlines() if row[:2] == "| "]
    rows = rows[1:]
    assert [row[0].partition(". ")[2] for row in rows] == list(GROUPS)
    for group, met, shown, missing in rows:
        assert files(met), group
        assert files(shown), group
        assert all(name.startswith("tests/") for name in files(shown)), group
        assert missing, group


def test_a_name_that_is_none_would_be_found():
    assert files("`tests/tidak/ada.py`, `SESSION_HOURS`, `unsafe-*`, `manage.py verify_audit`") == [
        "tests/tidak/ada.py"
    ]
