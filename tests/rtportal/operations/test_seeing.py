"""Logs and figures of a portal that really runs."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from rtportal.env import BASE_DIR
from rtportal.launch.child import Child
from tests.infra.portal import Portal, wait_until
from tests.infra.temporary import free_port, temporary_folder

pytestmark = pytest.mark.slow

WAKE = """
from rtportal.lib.log_context import LogContext, working_for
from rtportal.lib.wakeup import wake_after_commit
with working_for(LogContext(request_id="permintaan-1234")):
    wake_after_commit("operations.note_beat")
"""


def fetch(url: str, **headers: str) -> tuple[str, dict]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:  # noqa: S310 - our own portal
        return answer.read().decode(), dict(answer.headers)


def test_logs_are_json_and_figures_are_counted_over_all_processes(portal_database):
    figures = temporary_folder("figures") / "web"
    env = {"LOG_FORMAT": "json", "PROMETHEUS_MULTIPROC_DIR": str(figures)}
    with Portal(database_url=portal_database, env=env, processes=2) as portal:
        for _ in range(20):
            _, headers = fetch(f"{portal.base_url}/sehat/hidup/", **{"X-Request-ID": "abcdefgh12345678"})
        assert headers["X-Request-ID"] == "abcdefgh12345678"
        portal.python(WAKE)
        wait_until(lambda: "permintaan-1234" in log_of(portal, "worker"), 20, "the worker took it\n" + portal.logs())

        port = free_port()
        command = [sys.executable, BASE_DIR / "manage.py", "metrics", "--port", str(port)]
        exporter = Child("metrics", command, log=portal.var_dir / "log" / "metrics.log", env=portal.env)
        try:
            wait_until(lambda: "/metrics" in exporter.last_lines(), 30, "figures are served")
            told, _ = fetch(f"http://127.0.0.1:{port}/metrics")
        finally:
            exporter.stop(5)
        assert 'rtportal_requests_total{method="GET",status="200",url_name="web:alive"} 20.0' in told
        assert 'rtportal_request_seconds_count{method="GET",url_name="web:alive"} 20.0' in told
        assert "rtportal_queue_age_seconds 0.0" in told
        assert "rtportal_database_up 1.0" in told
        assert 'rtportal_heartbeat_age_seconds{part="beat"}' in told
        assert "rtportal_last_backup_timestamp_seconds 0.0" in told

        web = [json.loads(line) for line in log_of(portal, "web").splitlines()]
        visits = [line for line in web if line.get("url_name") == "web:alive"]
        assert [line["request_id"] for line in visits] == ["abcdefgh12345678"] * 20
        worker = [json.loads(line) for line in log_of(portal, "worker").splitlines() if line.startswith("{")]
        woken = [line for line in worker if line.get("request_id") == "permintaan-1234"]
        assert woken
        assert {line["task"] for line in woken} == {"operations.note_beat"}


def log_of(portal: Portal, name: str) -> str:
    return Path(portal.var_dir / "log" / f"{name}.log").read_text()


def test_a_port_that_is_taken_is_refused_in_a_sentence():
    port = free_port()
    command = [sys.executable, BASE_DIR / "manage.py", "metrics", "--port", str(port)]
    with Portal(start=False) as portal:
        first = Child("metrics", command, log=portal.var_dir / "log" / "metrics.log", env=portal.env)
        wait_until(lambda: "/metrics" in first.last_lines(), 30, "figures are served")
        done = subprocess.run(command, env=portal.env, cwd=BASE_DIR, capture_output=True, text=True)
        first.stop(5)
    assert done.returncode == 1
    assert "tidak dapat dibuka" in done.stderr
