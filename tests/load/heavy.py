"""`make load`: what takes an hour of a quiet machine: a country in the database, and all heads of DKI Jakarta at once.

    python -m tests.load.heavy [country] [storm] [faults]

Without names all of them run. PEOPLE and SECONDS in the environment make the storm smaller. The lines are added to
`var/bench.json`.
"""

import os
import sys
import traceback
from collections.abc import Callable

from rtportal import env
from tests.infra.machine import install_missing
from tests.load import country, storm
from tests.load.bench import MISSED, UNKNOWN, report
from tests.load.rows import Row

PEOPLE = int(os.environ.get("PEOPLE") or storm.PEOPLE)
SECONDS = float(os.environ.get("SECONDS") or storm.REACH_SECONDS)
MEASURES: dict[str, Callable[[], list[Row]]] = {
    "country": country.measure,
    "storm": lambda: storm.measure(PEOPLE, SECONDS),
    "faults": lambda: storm.measure_with_faults(PEOPLE, SECONDS),
}


def main(chosen: list[str]) -> int:
    """Run the measures (all, or those named) and report; one that breaks off counts as missed."""
    if unknown := set(chosen) - set(MEASURES):
        _say(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
        return UNKNOWN
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtportal.settings")
    install_missing()
    code = 0
    for name in chosen or MEASURES:
        _say(f"… {name}")
        try:
            # Each is written at once: whoever ends this after an hour keeps what was measured.
            code |= report(MEASURES[name](), env.VAR_DIR / "bench.json", keeps_others=True)
        except Exception:
            traceback.print_exc()
            code |= MISSED
    return code


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - this is a program's screen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
