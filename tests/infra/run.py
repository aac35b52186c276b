"""`make test`: the suite on SQLite and then on PostgreSQL, with a closing line for what could not be tested.

Arguments go to pytest. Environment: STRICT=1, as CI has it, runs the slow tests too and makes an untested part a
failure.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.infra.machine import install_missing
from tests.infra.postgres import NoPostgres, Postgres
from tests.infra.traces import hits, note_folder, summary

FAILED, UNTESTED = 1, 3
NO_TESTS_SELECTED = 5


def main(arguments: list[str]) -> int:
    is_strict = os.environ.get("STRICT", "") not in {"", "0"}
    if not is_strict and not arguments:
        print("Tanpa uji yang lambat; semuanya: make test STRICT=1", flush=True)
        arguments = ["-m", "not slow"]
    install_missing()
    missing: dict[str, int] = {}
    postgres = None
    try:
        # Tests take back all they write. Tables that were analysed between two of them are known to be empty, and what
        # is planned for empty tables takes minutes for the thousand rows of the next test.
        postgres = Postgres(autovacuum="off")
        postgres.start()
    except NoPostgres as error:
        missing[f"PostgreSQL: {error}"] = 1
    try:
        codes = [_pytest("SQLite", arguments, {}, missing, server=postgres)]
        if postgres:
            database = {"RTP_TEST_POSTGRES": postgres.url("rtportal")}
            codes.append(_pytest("PostgreSQL", arguments, database, missing, server=postgres))
    finally:
        if postgres:
            note_folder(postgres.folder, only_logs=True)
            postgres.stop()
    if hits:
        print(summary(hits), flush=True)
        codes.append(FAILED)
    if missing:
        print("NOT TESTED HERE: " + "; ".join(missing), flush=True)
    # A selection may hold nothing for one of the databases, but not for both.
    if any(code not in {0, NO_TESTS_SELECTED} for code in codes) or 0 not in codes:
        return FAILED
    return UNTESTED if missing and is_strict else 0


def _pytest(title: str, arguments: list[str], extra: dict, missing: dict[str, int], server: Postgres | None) -> int:
    print(f"\n=== {title} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="rtp-run-") as folder:
        report = Path(folder) / "missing.json"
        environment = {**os.environ, **extra, "RTP_TEST_MISSING": str(report)}
        if server:
            environment["RTP_TEST_POSTGRES_SERVER"] = server.url()
        # One more than there are processors: tests with killed workers mostly wait.
        processes = str(max(2, min(4, len(os.sched_getaffinity(0)))) + 1)
        parallel = ["-n", processes, "--dist", "loadgroup"]
        code = subprocess.run([sys.executable, "-m", "pytest", *parallel, *arguments], env=environment).returncode
        if report.exists():
            missing.update(json.loads(report.read_text()))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
