"""`make fuzz`: generated requests to every address, form and parameter; none ends in an error or reaches other regions.

    python -m tests.fuzz.run [INPUTS] [SECONDS] [SEED]

The seed is printed and the rounds done are kept in `var/fuzz.json`: the same seed again goes on where it ended. The
processes take turns on SQLite and PostgreSQL.
"""

import json
import os
import subprocess
import sys
import time

from rtportal import env
from tests.infra.environment import clean_environment
from tests.infra.machine import install_missing
from tests.infra.migrated import copy_sqlite, make_postgres
from tests.infra.postgres import NoPostgres, Postgres, url_on
from tests.infra.temporary import temporary_folder
from tests.infra.valkey import Valkey
from tests.load.bench import report
from tests.load.rows import Row

INPUTS, SECONDS = 100_000, 3600
IN_A_ROUND = 500


def main(inputs: int = INPUTS, seconds: int = SECONDS, seed: int | None = None) -> int:
    """Returns the exit code: 1 if there is any fault, or fewer inputs were sent in the time than asked for."""
    install_missing()
    kept = env.VAR_DIR / "fuzz.json"
    number = int(time.time()) if seed is None else seed
    state = json.loads(kept.read_text()) if kept.exists() else {}
    if state.get("seed") != number:
        state = {"seed": number, "done": 0, "sent": 0, "findings": {}}
    _say(f"benih {number}: {inputs} masukan, paling lama {seconds} s, mulai dari putaran {state['done']}")
    _play(state, inputs, seconds)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(state, indent=1, ensure_ascii=False) + "\n")
    for key, shot in state["findings"].items():
        _say(f"\n{key}\n  {json.dumps(shot, ensure_ascii=False)[:2000]}")
    faults = len(state["findings"])
    rows = [
        Row(
            "masukan acak yang dikirim",
            state["sent"],
            inputs,
            "masukan",
            state["sent"] / inputs,
            "≥ 1",
            state["sent"] >= inputs,
        ),
        Row("masukan acak yang merusak", faults, None, "kesalahan", faults, "0", not faults),
    ]
    return report([row.of_issue(7) for row in rows], env.VAR_DIR / "bench.json", keeps_others=True)


def _play(state: dict, inputs: int, seconds: int) -> None:
    processes = max(2, len(os.sched_getaffinity(0)))
    rounds = -(-inputs // IN_A_ROUND)
    offset = state["seed"] % 1_000_000 * 1_000_000
    until = time.time() + seconds
    try:
        # As in `tests/infra/run.py`: what a request wrote is taken back.
        server = Postgres(autovacuum="off")
        server.start()
    except NoPostgres as error:
        _say(f"hanya di SQLite: {error}")
        server = None
    try:
        players = []
        for place in range(processes):
            first = offset + state["done"] + place
            arguments = [first, processes, offset + rounds, IN_A_ROUND, until]
            players.append(_player(place, server if place % 2 else None, arguments))
        done = []
        for _, process in players:
            for line in process.stdout:
                if line.startswith("told:"):
                    _note(state, json.loads(line.removeprefix("told:")), done, offset)
            if process.wait():
                state["findings"][f"process ended with {process.returncode}"] = {}
        # Rounds are dealt out in turn: up to the first one missing all are done.
        state["done"] = next(
            number for number in range(rounds + 1) if number not in set(done) | set(range(state["done"]))
        )
    finally:
        for valkey, process in players:
            process.kill()
            valkey.kill()
        if server:
            server.stop()


def _player(place: int, server: Postgres | None, arguments: list) -> tuple[Valkey, subprocess.Popen]:
    folder = temporary_folder("fuzz")
    environment = {**clean_environment(), "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "rtportal.settings"}
    if server:
        name = f"fuzz_{place}"
        make_postgres(server.url(), name)
        environment["DATABASE_URL"] = url_on(server.url(), name)
    else:
        copy_sqlite(folder / "rtportal.sqlite3")
    (folder / "static").mkdir()
    valkey = Valkey(env.embedded_socket(folder))
    valkey.start()
    command = [sys.executable, "-m", "tests.fuzz.player", *map(str, arguments)]
    process = subprocess.Popen(command, env=environment, cwd=env.BASE_DIR, stdout=subprocess.PIPE, text=True)
    return valkey, process


def _note(state: dict, told: dict, done: list[int], offset: int) -> None:
    if "round" not in told:
        _say(f"{told['targets']} sasaran")
        return
    state["sent"] += told["sent"]
    if told["is_whole"]:
        done.append(told["round"] - offset)
    for finding in told["findings"]:
        key = f"{finding['what']} @ {finding['where']}"
        if key not in state["findings"]:
            _say(f"! {key}")
            state["findings"][key] = finding["shot"]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - this is a program's screen


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
