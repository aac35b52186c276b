"""`make licences`: the licence of everything that the portal is made of, as `deploy/LICENCES.md`.

What is installed says its licence itself; where it says too little or nothing, `SAID_ELSEWHERE` does.
"""

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from typing import NamedTuple

from rtportal.env import BASE_DIR

TARGET = BASE_DIR / "deploy" / "LICENCES.md"
_LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ \\;]+)", re.MULTILINE)
_VENDORED = re.compile(r"^\| `([^`/]+)-([0-9][^`/]*)/[^`]*` \|(.*)\|$", re.MULTILINE)
# What an office may run and change without asking anybody. LGPL: used as a library, as it comes.
ALLOWED = {
    *("MIT", "MIT-0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "Unlicense"),
    *("MPL-2.0", "LGPL-3.0-or-later"),
}
_SAID_SHORTER = {
    "BSD License": "BSD",
    "New BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
SAID_ELSEWHERE = {
    # In its repository and on its page at PyPI.
    "async-timeout": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    # "LGPL with exceptions": LICENSE of its source.
    "psycopg2-binary": "LGPL-3.0-or-later",
    "pyrage": "MIT",
    # BSD-2-Clause for the program, parts by others under Apache-2.0 and MPL-2.0 (the public suffix list).
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    # Its LICENSE holds BSD-3-Clause and the MIT terms of the code it grew from.
    "qrcode": "BSD-3-Clause AND MIT",
}
_HEAD = """# Licences

What the portal is made of besides its own code (MIT, see `LICENSE`), as locked in `requirements.txt` and lying under
`static/vendor/`. Written by `make licences`; a test fails when it is out of date or a licence is not one of those that
an office may use without asking: {allowed}.

| part | version | licence |
|---|---|---|
"""


class Part(NamedTuple):
    name: str
    version: str
    licence: str


def parts() -> list[Part]:
    """Everything, by name; an empty licence where nobody says one."""
    locked = _LOCKED.findall((BASE_DIR / "requirements.txt").read_text())
    vendored = _VENDORED.findall((BASE_DIR / "static" / "vendor" / "README.md").read_text())
    found = {Part(name, version, licence_of(name)) for name, version in locked}
    found |= {Part(f"{name} (static/vendor)", version, _word_in(rest)) for name, version, rest in vendored}
    return sorted(found)


def licence_of(name: str) -> str:
    """As an SPDX expression, as far as what is installed says one."""
    if name in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[name]
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    return said.get("License-Expression") or _classified(said) or _short(said.get("License") or "")


def is_allowed(licence: str) -> bool:
    """All of those that hold together, or one of those to choose from."""
    together = [part.split(" OR ") for part in licence.split(" AND ")]
    return all(any(one.strip("() ") in ALLOWED for one in choice) for choice in together)


def listed() -> str:
    """The whole file."""
    rows = "".join(f"| {part.name} | {part.version} | {part.licence} |\n" for part in parts())
    return _HEAD.format(allowed=", ".join(sorted(ALLOWED))) + rows


def _classified(said: PackageMetadata) -> str:
    names = [one.rpartition(":: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    # A plain "BSD License" is told more exactly by the field, where that is one word.
    exact = _short(said.get("License") or "")
    return exact if exact in ALLOWED else " AND ".join(_short(name) for name in names)


def _short(words: str) -> str:
    words = words.strip()
    return _SAID_SHORTER.get(words, words if "\n" not in words else "")


def _word_in(row: str) -> str:
    return next((word for word in re.findall(r"[\w.-]+", row) if word in ALLOWED), "")


def main() -> int:
    TARGET.write_text(listed())
    refused = [part for part in parts() if not is_allowed(part.licence)]
    for part in refused:
        print(f"{part.name} {part.version}: {part.licence or 'no licence known'}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
