"""Headers of every answer: each address of the URLconf, error pages, static files, downloads."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import include, path, reverse

from rtportal.env import BASE_DIR
from rtportal.web.headers import HeadersMiddleware
from tests.infra.environment import clean_environment
from tests.rtportal.doors import DOORS
from tests.rtportal.everything import everything

pytestmark = pytest.mark.django_db
_SOURCE = re.compile(r"'(self|none)'|data:|blob:")


def faults(response: HttpResponseBase) -> Iterator[str]:
    """What is wrong with the headers of an answer."""
    headers = response.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers.get("Content-Security-Policy", "").split(";"))
    if "default-src" not in policy:
        yield "no Content-Security-Policy"
    # A policy of a file that may do nothing at all need not say what else it may not do.
    if "sandbox" not in policy:
        yield from (f"{name} is open" for name in ("base-uri", "form-action") if name not in policy)
        if policy.get("frame-ancestors") != "'none'":
            yield "others may frame it"
    for name, sources in policy.items():
        yield from (f"{name} allows {one}" for one in sources.split() if not _SOURCE.fullmatch(one))
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "its type may be guessed"
    if headers.get("X-Frame-Options") != "DENY":
        yield "older browsers may frame it"
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        yield "its address goes to others"
    if "microphone=()" not in headers.get("Permissions-Policy", ""):
        yield "it may use the device"
    if not re.search(r"private|no-store|no-cache", headers.get("Cache-Control", "")):
        yield "shared caches may keep it"
    for name, one in response.cookies.items():
        # One that is taken away has no content.
        if one.value and not (one["httponly"] and one["samesite"] == "Lax"):
            yield f"cookie {name} is open"


def test_every_address_answers_everybody_with_all_headers():
    people, things = everything()
    found = {}
    for who in (None, people["admin"]):
        for name, door in DOORS.items():
            client = Client(raise_request_exception=False)
            if who:
                client.force_login(who)
            address = reverse(name, args=things[door.thing])
            for answer in (client.get(address, things[door.asks]), client.post(address)):
                if wrong := list(faults(answer)):
                    found[f"{name} {answer.status_code} {answer['Content-Type']}"] = wrong
    assert found == {}


class Addresses:
    urlpatterns = [path("uji/403/", lambda _: _fail(PermissionDenied())), path("uji/500/", lambda _: _fail(KeyError()))]
    urlpatterns += [path("", include("rtportal.urls"))]


def _fail(error: Exception):
    raise error


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/uji/403/", "testserver", 403),
        ("/uji/500/", "testserver", 500),
        ("/tidak/ada/", "testserver", 404),
        ("/", "orang.lain", 400),
        ("/u/tidak-ada/", "testserver", 404),
    ],
)
def test_error_pages_have_them_too(address, host, status, admin_user_of_tabalong):
    client = Client(raise_request_exception=False)
    client.force_login(admin_user_of_tabalong)
    with override_settings(ROOT_URLCONF=Addresses):
        answer = client.get(address, headers={"host": host})
    assert (answer.status_code, list(faults(answer))) == (status, [])


@pytest.fixture
def admin_user_of_tabalong():
    people, _ = everything()
    return people["admin"]


def test_static_files_have_them_too(tmp_path, settings, client):
    (tmp_path / "a.js").write_text("1")
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = True
    answer = Client().get("/static/a.js")
    assert answer.status_code == 200
    # Their names change with their content: caches may keep them.
    assert [fault for fault in faults(answer) if fault != "shared caches may keep it"] == []


def test_headers_stand_above_whatever_answers():
    order = portal_settings.MIDDLEWARE
    ours = order.index(f"{HeadersMiddleware.__module__}.{HeadersMiddleware.__name__}")
    assert {name.rpartition(".")[2] for name in order[:ours]} <= {"SightMiddleware", "SecurityMiddleware"}


def test_nothing_inline_is_allowed(client):
    policy = client.get("/akun/masuk/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy


@pytest.mark.parametrize("room", ["templates", "static/js"])
def test_no_page_and_no_script_needs_more_than_that(room):
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=[\"\']|javascript:|\beval\(|new Function")
    files = [one for one in Path(room).rglob("*") if one.suffix in {".html", ".js"} and "emails" not in one.parts]
    assert {str(one): found for one in files if (found := inline.findall(one.read_text()))} == {}


def test_behind_tls_cookies_are_secure_and_browsers_come_back_by_tls(tmp_path):
    program = (
        "from django.conf import settings as s; import django; django.setup(); from django.test import Client; "
        "there = {'host': 'rt.go.id'}; safe = Client().get('/robots.txt', secure=True, headers=there); "
        "open = Client().get('/robots.txt', headers=there); "
        "print(safe.headers['Strict-Transport-Security'], s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_SECURE, "
        "open.status_code, open.headers['Location'])"
    )
    environment = {
        **clean_environment(),
        "VAR_DIR": str(tmp_path),
        "BASE_URL": "https://rt.go.id",
        "DJANGO_SETTINGS_MODULE": "rtportal.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=BASE_DIR, capture_output=True, text=True
    )
    told = "max-age=31536000; includeSubDomains; preload True True 301 https://rt.go.id/robots.txt"
    assert done.stdout.strip() == told, done.stderr
