"""The settings of a server as its administrator may write them."""

from pathlib import Path

import pytest

from rtportal.launch.environment_file import read
from rtportal.lib.errors import EnvError


def written(folder: Path, text: str) -> Path:
    path = folder / "environment"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A='Portal RT <portal@contoh.go.id>'", "Portal RT <portal@contoh.go.id>"),
        ('A="dua kata"', "dua kata"),
        ("A=smtp://nama:s$ndi@surel:587", "smtp://nama:s$ndi@surel:587"),
        (r"A='garis\miring'", r"garis\miring"),
        (r'A="kata \"sandi\""', 'kata "sandi"'),
        ("A=", ""),
        ("  A = x".replace(" = ", "="), "x"),
        ("A=dengan=tanda=sama", "dengan=tanda=sama"),
    ],
)
def test_a_value_is_read_as_systemd_reads_it(tmp_path, line, value):
    assert read(written(tmp_path, f"# catatan\n\n; catatan\n{line}\nB='2'\n")) == {"A": value, "B": "2"}


@pytest.mark.parametrize("line", ["A='tidak ditutup", "tanpa tanda", "A='satu' 'dua'", "export A=1", "1A=x"])
def test_a_line_that_would_be_read_in_two_ways_is_named(tmp_path, line):
    with pytest.raises(EnvError, match="baris 2"):
        read(written(tmp_path, f"B='1'\n{line}\n"))
