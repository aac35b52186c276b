"""Do the NIKs and telephones of the tests' people turn up where no such number belongs?

Every NIK and mobile number that is written in a test, a factory or the demo is a seed. At the end of a run they are
looked for in what was logged, on consoles, in the logs and folders of portals that were started for real, in every
message that a sink took, and in every error page and address that the test client saw. A hit fails the run by its
place. A message may name an office's telephone, so telephones are looked for in logs only.
"""

import json
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_BASE = Path(__file__).parents[2]
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?62|0)(8\d{8,11})(?!\d)")
_LONG = re.compile(r"\d{10}")
_KNOWN = "RTP_TEST_NUMBERS"
_LARGEST = 200 * 1024 * 1024
# What was found by this process: places in words.
hits: list[str] = []


@cache
def seeds() -> tuple[frozenset[str], frozenset[str]]:
    """NIKs and mobile numbers (as `81234567890`) that the tests' people have; child processes are told."""
    if _KNOWN in os.environ:
        niks, phones = json.loads(os.environ[_KNOWN])
        return frozenset(niks), frozenset(phones)
    niks, phones = set(), set()
    for folder in ("tests", "participants", "rtportal"):
        for path in (_BASE / folder).rglob("*.py"):
            text = path.read_text()
            if _LONG.search(text):
                niks.update(found for found in _SIXTEEN.findall(text) if _is_nik(found))
                phones.update(_MOBILE.findall(text))
    os.environ[_KNOWN] = json.dumps([sorted(niks), sorted(phones)])
    return frozenset(niks), frozenset(phones)


def note(place: str, text: str, *, with_phones: bool = False) -> None:
    """Remember that a seed stands in the text."""
    niks, phones = seeds()
    found = niks & set(_SIXTEEN.findall(text))
    if with_phones:
        found |= phones & set(_MOBILE.findall(text))
    if found:
        # Enough to find it by, and no second trace of it.
        hits.append(f"{place}: {', '.join(sorted(f'…{one[-4:]}' for one in found))}")


def note_folder(folder: Path, *, only_logs: bool) -> None:
    """Look through the files below; `only_logs` where a database of the tests itself or a server lies there."""
    niks = {one.encode() for one in seeds()[0]}
    for path in sorted(folder.rglob("*.log" if only_logs else "*")):
        if not path.is_file() or path.stat().st_size > _LARGEST:
            continue
        if path.suffix == ".log":
            note(f"log {path.name}", path.read_text(errors="replace"), with_phones=True)
        elif not only_logs and niks & set(_overlapping(path.read_bytes())):
            hits.append(f"file {path.relative_to(folder)} of a portal: a NIK")


def summary(found: Iterable[str]) -> str:
    listed = sorted(set(found))
    return "\n".join(["NUMBERS OF PEOPLE WHERE NONE MAY BE:", *listed[:50], f"({len(listed)} places)"])


def _overlapping(content: bytes) -> Iterable[bytes]:
    # Values lie side by side in a database, so a NIK may stand within a longer row of digits.
    for row in re.finditer(rb"\d{16,}", content):
        digits = row[0]
        yield from (digits[at : at + 16] for at in range(len(digits) - 15))


def _is_nik(digits: str) -> bool:
    # Not before the plugin has told the portal where to live.
    from rtportal.lib.nik import NikError, check_nik

    try:
        return bool(check_nik(digits))
    except NikError:
        return False
