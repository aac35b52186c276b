"""What can be said of the files in `deploy/`, of `compose.yaml` and the `Dockerfile` without running them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rtportal.env import BASE_DIR
from tests.infra.missing import not_tested_here
from tests.infra.unit_files import Unit

DEPLOY = BASE_DIR / "deploy"
SCRIPTS = ["install", "upgrade", "rollback", "rtportal", "steps.sh", "parts.sh", "files/postgres.compose.sh"]
SERVICES = sorted(path.name for path in (DEPLOY / "systemd").glob("*.service"))
# systemd's own measure: 0 is no exposure at all, 10 none but what every process has.
MOST_EXPOSED = 1.5


def program(name: str) -> str:
    """Its path; the test ends where this machine lacks it."""
    if not (found := shutil.which(name)):
        not_tested_here(f"files in deploy/: {name} is not installed")
    return found


def test_no_script_has_a_fault_that_shellcheck_knows():
    command = [program("shellcheck"), "--external-sources", "--source-path", BASE_DIR, *SCRIPTS]
    done = subprocess.run(command, cwd=DEPLOY, capture_output=True, text=True)
    assert done.stdout == ""


@pytest.mark.parametrize("part", ["web", "worker", "beat"])
def test_a_part_that_is_started_by_itself_starts_redis(part):
    assert "rtportal-redis.service" in Unit(DEPLOY / "systemd" / f"rtportal-{part}.service").words("Wants")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_shut_in(name):
    command = [program("systemd-analyze"), "security", "--offline=yes", "--no-pager", DEPLOY / "systemd" / name]
    done = subprocess.run(command, capture_output=True, text=True)
    level = re.search(rf"exposure level for {re.escape(name)}: ([\d.]+)", done.stdout + done.stderr)
    if not level:
        not_tested_here("exposure of services: systemd-analyze is too old")
    assert float(level[1]) <= MOST_EXPOSED


def test_a_worker_has_longer_to_end_than_any_task_may_take(settings):
    unit = Unit(DEPLOY / "systemd" / "rtportal-worker.service")
    assert unit.seconds("TimeoutStopSec", 0) > settings.CELERY_TASK_TIME_LIMIT
    # Its children would drop their tasks at a signal to the whole group.
    assert unit.one("KillMode") == "mixed"


def test_containers_are_described_as_compose_wants_it(tmp_path: Path):
    # As somebody would have it after following the description.
    for name in ("compose.yaml", "Dockerfile"):
        shutil.copy(BASE_DIR / name, tmp_path)
    (tmp_path / "compose.env").write_text("BASE_URL=https://portal.contoh.go.id\n")
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=uji\n")
    ways = [["docker", "compose"], ["docker-compose"]]
    command = next((way for way in ways if shutil.which(way[0]) and _works([*way, "version"])), None)
    if command is None:
        not_tested_here("compose.yaml: neither docker compose nor docker-compose is installed")
    done = subprocess.run([*command, "config"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "rtportal.launch.web_settings" in (BASE_DIR / "Dockerfile").read_text()
    for service in ("web", "worker", "beat", "nginx", "postgres", "redis"):
        assert f"\n  {service}:" in done.stdout


def test_nginx_in_a_container_says_once_where_its_pid_lies_and_can_write_there():
    """The image's nginx.conf has `pid /run/nginx.pid;`; nginx does not start with a second one."""
    service = (BASE_DIR / "compose.yaml").read_text().split("\n  nginx:\n")[1].split("\n\n")[0]
    settings = "".join(path.read_text() for path in (DEPLOY / "nginx").glob("*.conf"))
    assert re.search(r"exec nginx -g 'daemon off;'$", service, re.MULTILINE)
    assert not re.search(r"^\s*(pid|daemon|user)\s", settings, re.MULTILINE)
    assert "read_only: true" in service
    assert '"/run:mode=1777"' in service


def test_the_password_of_a_container_s_database_stands_on_no_command_line(new_postgres_database):
    """The very script of the image, as far as it goes outside of it: psql reads the password and makes the role."""
    script = (DEPLOY / "files" / "postgres.compose.sh").read_text()
    command = next(line for line in script.splitlines() if line.startswith("psql "))
    assert "PASSWORD" not in command
    assert "ON_ERROR_STOP=1" in command
    lines = "\\getenv password RTPORTAL_PASSWORD\nSELECT :'password';\n"
    assert lines.splitlines()[0] in script
    asked = [program("psql"), "-qtAX", "--dbname", new_postgres_database()]
    env = {**os.environ, "RTPORTAL_PASSWORD": "rahasia'uji"}
    done = subprocess.run(asked, input=lines, env=env, capture_output=True, text=True)
    assert done.stdout == "rahasia'uji\n", done.stderr


def test_no_image_floats_to_whatever_is_newest():
    used = re.findall(r"(?:image:|FROM) (\S+)", (BASE_DIR / "compose.yaml").read_text())
    used += re.findall(r"^FROM (\S+)", (BASE_DIR / "Dockerfile").read_text(), re.MULTILINE)
    assert len(used) >= 5
    assert [name for name in used if not re.search(r":\d", name) and name != "rtportal:latest"] == []


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0
