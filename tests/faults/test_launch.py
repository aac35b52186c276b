"""The whole portal is started as `make run` starts it, and ended in every way."""

import os
import signal
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.infra.launched import Launched, living_in
from tests.infra.portal import wait_until
from tests.infra.smtp import Answer, Received, SmtpSink
from tests.infra.temporary import free_port, temporary_folder
from tests.infra.valkey import Valkey

# One group, because all of them stand on one first start, which takes longest.
pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.xdist_group("launch")]

NO_NETWORK = str(Path(__file__).parent.parent / "infra" / "no_network")


INVITE_TWENTY = """
from datetime import timedelta
from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import clock
from tests import factories
# The portal knows the region; it is reached at any hour from here on.
factories.regions(factories.TABALONG)
now = clock.now()
wave = factories.wave(on=(now + timedelta(days=30)).date())
factories.heads(20)
invite_participants(wave_id=wave.pk, by=factories.user(), now=now)
"""
COUNT_STATES = """
from collections import Counter
from rtportal.messaging.models import Message
states = Message.objects.filter(kind="invitation").values_list("state", flat=True)
print(*sorted(Counter(states).items()))
"""


@dataclass
class FirstStart:
    var_dir: Path
    output: str
    status_of_link: int
    left_in_home: list[Path]


@pytest.fixture(scope="module")
def first_start() -> Iterator[FirstStart]:
    """A portal that was started once, with everything that a first start does, and then ended."""
    folder = temporary_folder("launch")
    home = folder / "home"
    home.mkdir()
    with Launched(folder / "var", env={"HOME": str(home)}) as portal:
        portal.ready()
        link = next(line.strip() for line in portal.output.splitlines() if "/u/" in line)
        with urllib.request.urlopen(link) as answer:  # noqa: S310 - the portal's own address
            status = answer.status
        portal.process.send_signal(signal.SIGTERM)
        output = portal.ended()
    yield FirstStart(folder / "var", output, status, list(home.iterdir()))


def test_the_first_start_says_where_who_and_one_link(first_start: FirstStart) -> None:
    assert "Siap: http://localhost:" in first_start.output
    assert "admin.tabalong@contoh.invalid" in first_start.output
    assert first_start.status_of_link == 200


def test_everything_written_lies_in_the_var_folder_and_is_its_owners_alone(first_start: FirstStart) -> None:
    assert first_start.left_in_home == []
    assert (first_start.var_dir / "rtportal.sqlite3").stat().st_mode & 0o077 == 0


def test_a_second_start_needs_no_network_and_loads_nothing(first_start: FirstStart) -> None:
    with Launched(first_start.var_dir, env={"PYTHONPATH": NO_NETWORK}) as portal:
        portal.ready()

    assert "dimuat" not in portal.output
    assert "disiapkan" not in portal.output
    assert "Siap: http://localhost:" in portal.output
    assert "admin.tabalong@contoh.invalid" in portal.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asking_it_to_end_ends_every_process(first_start: FirstStart, number: int) -> None:
    with Launched(first_start.var_dir) as portal:
        portal.ready()
        assert len(portal.processes()) > 7
        portal.process.send_signal(number)
        # A second request, such as make passes on beside the terminal's own, disturbs nothing.
        portal.process.send_signal(signal.SIGTERM)
        portal.ended(30)
        assert portal.processes() == {}
        assert portal.process.returncode == 0


def test_ending_it_lets_a_running_task_finish(tmp_path: Path, smtp_sink: SmtpSink) -> None:
    arriving = threading.Event()

    def slowly(received: Received) -> Answer:
        arriving.set()
        return Answer.ACCEPT

    smtp_sink.answer = slowly
    smtp_sink.delay = 1.0
    with Launched(tmp_path, "--without-demo", env={"EMAIL_URL": smtp_sink.url}) as portal:
        portal.ready()
        portal.python(INVITE_TWENTY)
        assert arriving.wait(30)
        portal.process.send_signal(signal.SIGTERM)
        portal.ended()
        states = portal.python(COUNT_STATES)

    # The worker stopped between two messages: it knows of each whether it was sent, and the rest still waits.
    sent = len(smtp_sink.messages)
    assert 0 < sent < 20
    assert states == f"('accepted', {sent}) ('queued', {20 - sent})"


def test_killing_the_launcher_leaves_no_process_behind(first_start: FirstStart) -> None:
    with Launched(first_start.var_dir) as portal:
        portal.ready()
        portal.process.kill()
        portal.process.wait()

        wait_until(lambda: not portal.processes(), 3, "every process is gone")


def test_the_portal_ends_when_the_process_that_started_it_is_killed(first_start: FirstStart) -> None:
    with Launched(first_start.var_dir, "--end-with-parent", parent=True) as portal:
        portal.ready()
        portal.process.kill()
        portal.process.wait()

        wait_until(lambda: not portal.processes(), 6, "every process is gone")


@pytest.mark.parametrize("part", ["celery", "gunicorn", "valkey-server"])
def test_when_one_part_dies_everything_stops_with_a_sentence(first_start: FirstStart, part: str) -> None:
    with Launched(first_start.var_dir) as portal:
        portal.ready()
        _kill_one(portal, part)
        portal.ended()

        assert "berhenti sendiri" in portal.output
        assert "Traceback" not in portal.output.partition("berhenti sendiri")[0]
        assert portal.process.returncode == 1
        assert portal.processes() == {}


def test_a_taken_port_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with Launched(tmp_path, env={"PORT": str(port)}) as portal:
            portal.ended(30)

    assert f"Port {port} sudah dipakai program lain" in portal.output
    assert "Traceback" not in portal.output
    assert portal.process.returncode == 1
    assert portal.processes() == {}


def test_a_second_portal_in_the_same_folder_is_refused(first_start: FirstStart) -> None:
    with Launched(first_start.var_dir) as running:
        running.ready()
        with Launched(first_start.var_dir) as second:
            second.ended(30)

        assert f"sudah berjalan dari folder {first_start.var_dir} (proses {running.process.pid})" in second.output
        assert running.process.poll() is None


def test_postgresql_and_redis_replace_the_embedded_parts(
    tmp_path: Path, new_postgres_database: Callable[[], str]
) -> None:
    redis = Valkey(temporary_folder("redis") / "valkey.sock", free_port())
    redis.start()
    given = {"DATABASE_URL": new_postgres_database(), "REDIS_URL": redis.url}
    with Launched(tmp_path, "--without-demo", env=given) as portal:
        portal.ready()
        processes = portal.processes()
        portal.process.send_signal(signal.SIGTERM)
        portal.ended()
    redis.kill()

    assert not any("valkey-server" in line for line in processes.values())
    assert "Data contoh" not in portal.output
    assert not (tmp_path / "rtportal.sqlite3").exists()
    assert portal.processes() == {}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"REDIS_URL": "redis://:rahasia@127.0.0.1:1/0"}, "Redis di 127.0.0.1 tidak menjawab"),
        ({"DATABASE_URL": "postgres://tidak@127.0.0.1:1/ada"}, "Basis data tidak dapat dibuka"),
    ],
)
def test_a_server_that_does_not_answer_is_named(tmp_path: Path, given: dict[str, str], sentence: str) -> None:
    with Launched(tmp_path, env=given) as portal:
        portal.ended(30)

    assert sentence in portal.output
    assert "rahasia" not in portal.output
    assert "Traceback" not in portal.output
    assert living_in(tmp_path) == {}


def _kill_one(portal: Launched, part: str) -> None:
    """SIGKILL to the oldest process of `part`: for celery and gunicorn the one that the others came from."""
    found = [number for number, line in portal.processes().items() if part in line and "keeper.py" not in line]
    os.kill(min(found), signal.SIGKILL)
