"""The file that holds a server's settings, read as systemd reads it (`EnvironmentFile=`)."""

import re
from pathlib import Path

from rtportal.lib.errors import EnvError

_LINE = re.compile(r"""\s*([A-Za-z_]\w*)=(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^'"]*))\s*""")


def read(path: Path) -> dict[str, str]:
    """Values by name. Raises EnvError with the number of a line that systemd would read differently or not at all."""
    values = {}
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        found = _LINE.fullmatch(line)
        if not found:
            raise EnvError(f"{path} baris {number}: tulis NAMA='nilai' dalam satu baris")
        name, literal, quoted, bare = found.groups()
        # Only between single quotes does a backslash stand for itself.
        escaped = quoted if quoted is not None else (bare or "").strip()
        values[name] = literal if literal is not None else re.sub(r"\\(.)", r"\1", escaped)
    return values
