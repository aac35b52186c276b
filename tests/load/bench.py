"""`make bench`: every figure as a ratio against a baseline of the same run; a table here, JSON in `var/bench.json`."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from rtportal import env
from tests.infra.machine import install_missing
from tests.load.rows import Row

# One module for each figure, in the order of the table.
MEASURES = (
    "starting",
    "answer_page",
    "page_weight",
    "list_queries",
    "roster_import",
    "roster_export",
    "invitations",
    "planner",
    "mass_mail",
    "plan_messages",
    "worker_memory",
    "idle_sweep",
    "door_scan",
    "door_upload",
    "letters",
    "certificates",
    "reconciliation",
)
REACHED, MISSED, UNKNOWN = 0, 1, 2


def main(chosen: list[str]) -> int:
    """Run the measures (all, or those named) and report; a measure that breaks off counts as missed."""
    if unknown := set(chosen) - set(MEASURES):
        _say(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
        return UNKNOWN
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")
    install_missing()
    rows, has_broken_off = [], False
    for name in chosen or MEASURES:
        _say(f"… {name}")
        measure: Callable[[], list[Row]] = import_module(f"tests.load.{name}").measure
        try:
            rows += measure()
        except Exception:
            # The other figures are worth having all the same.
            traceback.print_exc()
            has_broken_off = True
    code = report(rows, env.VAR_DIR / "bench.json")
    return MISSED if has_broken_off else code


def report(rows: list[Row], path: Path, *, keeps_others: bool = False) -> int:
    """Print the table and write it to `path` as JSON; returns the exit code, 1 if a reach is missed.

    With `keeps_others` the lines that are there stay, but for those of the same names.
    """
    lines = [row.as_json() for row in rows]
    _print_table(lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    names = {row.name for row in rows}
    there = json.loads(path.read_text()) if keeps_others and path.exists() else []
    kept = [line for line in there if line["name"] not in names]
    path.write_text(json.dumps(kept + lines, indent=2, ensure_ascii=False) + "\n")
    return REACHED if all(row.ok for row in rows) else MISSED


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - this is a program's screen


def _print_table(lines: list[dict]) -> None:
    columns = ("name", "ours", "baseline", "unit", "ratio", "reach", "ok")
    words = [columns, *(tuple(_word(line[column]) for column in columns) for line in lines)]
    widths = [max(len(row[index]) for row in words) for index in range(len(columns))]
    for row in words:
        print("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)))  # noqa: T201


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "TIDAK"
    return "–" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
