"""`make bench`: every figure as a ratio against a baseline of the same run; a table here, JSON in `var/bench.json`."""

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module

from rtportal import env

# One module for each figure, in the order of the table.
MEASURES = ("answer_page", "page_weight", "list_queries", "roster_import", "roster_export", "invitations")


def main(chosen: list[str]) -> int:
    """Run the measures (all, or those named); the exit code is 1 if one misses its reach."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")
    lines = []
    for name in chosen or MEASURES:
        print(f"… {name}", file=sys.stderr, flush=True)  # noqa: T201 - this is a program's screen
        measure: Callable = import_module(f"tests.load.{name}").measure
        lines += [row.as_json() for row in measure()]
    _print_table(lines)
    path = env.VAR_DIR / "bench.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(lines, indent=2, ensure_ascii=False) + "\n")
    return 0 if all(line["ok"] for line in lines) else 1


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
