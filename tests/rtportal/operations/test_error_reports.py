"""What a report to Sentry holds, read from what really goes over the wire."""

import gzip
import http.server
import json
import subprocess
import sys
import threading

import brotli
import pytest

from rtportal.env import BASE_DIR
from rtportal.settings import VERSION
from tests.infra.environment import clean_environment
from tests.infra.temporary import temporary_folder

FAIL = """
import django
django.setup()
import logging, sentry_sdk
from django.test import Client
from django.urls import path
from rtportal.web import urls
def broken(request, token):
    nik = "6309061203700001"
    logging.getLogger("rtportal.test").error("nomor %s tidak terkirim", "+6281234567890")
    raise ValueError(f"Ahmad Fauzi {nik}")
from django.contrib.auth.decorators import login_not_required
from rtportal import urls as root
root.urlpatterns.append(path("rusak/<str:token>/", login_not_required(broken), name="broken"))
client = Client(raise_request_exception=False, headers={"host": "localhost"})
answer = client.post("/rusak/RahasiaRahasia/?cari=Ahmad", {"nik": "6309061203700001"})
sentry_sdk.flush()
print(answer.status_code)
"""
SECRETS = ("6309061203700001", "Ahmad", "6281234567890", "RahasiaRahasia", "cari=")


class Sink(http.server.ThreadingHTTPServer):
    """Takes whatever is posted and keeps it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken: list[bytes] = []


class Taker(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers["Content-Encoding"], bytes)
        self.server.taken.append(unpack(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def sink():
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def fail(dsn: str) -> None:
    env = {**clean_environment(), "VAR_DIR": str(temporary_folder("reports")), "SENTRY_DSN": dsn}
    env |= {"DJANGO_SETTINGS_MODULE": "rtportal.settings"}
    done = subprocess.run([sys.executable, "-c", FAIL], env=env, cwd=BASE_DIR, capture_output=True, text=True)
    assert done.stdout.strip() == "500", done.stderr


def test_a_report_says_where_it_failed_and_nothing_of_whom(sink):
    fail(f"http://kunci@127.0.0.1:{sink.server_port}/1")
    everything = b"".join(sink.taken).decode()
    events = [json.loads(line) for line in everything.splitlines() if '"exception"' in line or '"logentry"' in line]
    fault = next(event for event in events if "exception" in event)
    [value] = fault["exception"]["values"][-1:]
    assert value["type"] == "ValueError"
    assert [frame["function"] for frame in value["stacktrace"]["frames"]][-1] == "broken"
    assert fault["release"] == f"rtportal@{VERSION}"
    assert fault["tags"]["url_name"] == "broken"
    assert len(fault["tags"]["request_id"]) == 32
    assert not {"request", "user", "breadcrumbs", "extra", "server_name"} & fault.keys()
    assert any(event.get("logentry", {}).get("message") == "nomor %s tidak terkirim" for event in events)
    for secret in SECRETS:
        assert secret not in everything, secret


def test_without_a_dsn_nothing_is_sent(sink):
    fail("")
    assert sink.taken == []
