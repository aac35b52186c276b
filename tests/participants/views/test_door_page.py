"""The door's page, its manifest and its service worker: the same for everybody, and exactly what is kept offline."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from participants.views import door_page
from tests import factories

ADDRESSES = ["/pintu/", "/pintu/sw.js", "/pintu/manifest.webmanifest"]


def kept(client: Client) -> dict[str, str]:
    """Path to checksum, as the service worker has them."""
    worker = client.get("/pintu/sw.js").content.decode()
    return dict(json.loads(re.search(r"^const KEPT = (.*);$", worker, re.MULTILINE)[1]))


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_knows_neither_session_nor_cookie_and_allows_itself_only_what_it_needs(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Vary" not in response
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
    ):
        assert directive in policy.split("; ")
    assert "camera=(self)" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_no_other_page_may_use_the_camera(client):
    for address in ("/akun/masuk/", "/k/"):
        assert "camera=()" in client.get(address)["Permissions-Policy"]


@pytest.mark.django_db
def test_an_official_is_nobody_there(django_assert_num_queries):
    client = Client()
    factories.regions(factories.MURUNG_PUDAK)
    client.force_login(factories.user())
    with django_assert_num_queries(0):
        assert client.get("/pintu/").content == Client().get("/pintu/").content


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_only_shows(client, address):
    assert client.post(address).status_code == 405


def test_without_javascript_a_sentence_says_what_to_do(client):
    page = client.get("/pintu/").content.decode()
    assert "nyalakan JavaScript" in re.search(r'<main id="loading"(.*?)</main>', page, re.DOTALL)[1]


def test_everything_the_page_names_is_kept_with_the_checksum_of_what_is_served(client):
    files = kept(client)
    page = client.get("/pintu/").content.decode()
    named = set(re.findall(r'(?:href|src)="(/[^"]+)"', page))
    assert named <= set(files)
    assert {"/pintu/", "/pintu/manifest.webmanifest"} <= set(files)
    for path, checksum in files.items():
        if path.startswith(settings.STATIC_URL):
            content = Path(finders.find(path.removeprefix(settings.STATIC_URL))).read_bytes()
        else:
            content = client.get(path).content
        assert checksum == "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode(), path


def test_every_module_that_a_module_imports_is_kept(client):
    files = kept(client)
    found = set()
    for path in files:
        if path.startswith("/static/js/door/"):
            source = Path(finders.find(path.removeprefix("/static/"))).read_text()
            found |= {f"/static/js/door/{name}" for name in re.findall(r'from "\./([^"]+)"', source)}
            found |= {f"/static/{name}" for name in re.findall(r'import\("\.\./\.\./([^"]+)"\)', source)}
    assert "/static/vendor/jsqr-1.4.0/jsQR.js" in found
    assert found <= set(files)


def test_icons_of_the_manifest_are_kept(client):
    manifest = client.get("/pintu/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    said = manifest.json()
    assert (said["start_url"], said["scope"], said["lang"]) == ("/pintu/", "/pintu/", "id")
    assert {icon["src"] for icon in said["icons"]} <= set(kept(client))


def test_a_changed_file_is_another_version(monkeypatch, tmp_path):
    before = door_page._make_worker()
    changed = tmp_path / "door.css"
    changed.write_text("body { color: red }")
    found = door_page._found
    monkeypatch.setattr(door_page, "_found", lambda name: changed if name == "css/door.css" else found(name))
    assert door_page._make_worker().splitlines()[0] != before.splitlines()[0]


def test_a_link_whose_last_slash_was_lost_finds_the_page(client):
    response = client.get("/pintu")
    assert (response.status_code, response["Location"]) == (301, "/pintu/")
