"""A process of the portal lives and dies with the process that started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rtportal.launch import child as child_module
from rtportal.launch.child import Child
from tests.infra.portal import wait_until

PATIENT = "import time; print('up', flush=True); time.sleep(60)"
# Forks a process of its own, as celery does with beat, and says its number.
WITH_OFFSPRING = (
    "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(p.pid, flush=True); time.sleep(60)"
)
FINISHES_ITS_WORK = (
    "import signal, sys, time\n"
    "def end(*_):\n"
    "    time.sleep(0.3)\n"
    "    print('finished', flush=True)\n"
    "    sys.exit(0)\n"
    "signal.signal(signal.SIGTERM, end)\n"
    "print('up', flush=True)\n"
    "time.sleep(60)"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def run(code: str, tmp_path: Path) -> Child:
    child = Child("probe", [sys.executable, "-c", code], log=tmp_path / "probe.log")
    wait_until(lambda: child.log.read_text() or child.exit_code is not None, 10)
    return child


def is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def test_its_output_is_kept_and_its_exit_code_is_known(tmp_path: Path) -> None:
    child = run("import sys; print('sampai jumpa'); sys.exit(7)", tmp_path)
    assert child.wait(10)
    assert child.exit_code == 7
    assert child.last_lines() == "sampai jumpa"


def test_a_death_by_signal_is_told_as_shells_tell_it(tmp_path: Path) -> None:
    child = run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", tmp_path)
    assert child.wait(10)
    assert child.exit_code == 128 + signal.SIGKILL


def test_a_program_that_does_not_exist_ends_at_once_and_says_so(tmp_path: Path) -> None:
    child = Child("probe", [tmp_path / "absent"], log=tmp_path / "probe.log")
    assert child.wait(10)
    assert child.exit_code == 127
    assert "absent" in child.last_lines()


def test_stopping_lets_it_finish(tmp_path: Path) -> None:
    child = run(FINISHES_ITS_WORK, tmp_path)
    child.stop(5)
    assert child.exit_code == 0
    assert child.last_lines(1) == "finished"


def test_what_does_not_listen_is_killed_when_its_time_is_over(tmp_path: Path) -> None:
    child = run(DEAF, tmp_path)
    begun = time.monotonic()
    child.stop(0.3)
    assert time.monotonic() - begun < 3
    assert child.exit_code is not None


def test_killing_reaches_what_it_forked(tmp_path: Path) -> None:
    child = run(WITH_OFFSPRING, tmp_path)
    offspring = int(child.last_lines(1))
    child.kill()
    wait_until(lambda: not is_alive(offspring), 3)


def test_its_own_death_takes_what_it_forked_along(tmp_path: Path) -> None:
    child = run(WITH_OFFSPRING, tmp_path)
    offspring = int(child.last_lines(1))
    [main] = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(child.group)], capture_output=True, text=True
    ).stdout.split()
    os.kill(int(main), signal.SIGKILL)
    assert child.wait(10)
    assert child.exit_code == 128 + signal.SIGKILL
    wait_until(lambda: not is_alive(offspring), 3)


def test_the_death_of_whoever_started_it_kills_it_and_what_it_forked(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from rtportal.launch.child import Child;"
        f"child = Child('probe', [sys.executable, '-c', {WITH_OFFSPRING!r}], log=Path({str(tmp_path / 'log')!r}));"
        "print(child.group, flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    keeper = int(launcher.stdout.readline())
    log = tmp_path / "log"
    offspring = int(wait_until(lambda: log.exists() and log.read_text().strip(), 10))
    launcher.kill()
    launcher.wait()
    wait_until(lambda: not is_alive(keeper) and not is_alive(offspring), 3)


def test_a_log_that_grew_large_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "LARGEST_LOG", 10)
    (tmp_path / "probe.log").write_text("yesterday's many lines")
    child = run("print('today')", tmp_path)
    assert child.wait(10)
    assert (tmp_path / "probe.log").read_text() == "today\n"
    assert (tmp_path / "probe.log.1").read_text() == "yesterday's many lines"
