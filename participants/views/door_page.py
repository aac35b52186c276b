"""The page of the door (pintu) for the committee's phones: the same for everybody, without data.

What it shows comes from the door's API and stays on the device. Page, scripts and pictures are one version, named by
what is in them: the service worker keeps exactly these bytes, so a phone in aeroplane mode never mixes two versions.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.http import require_safe

# Modules import each other by their plain names, so the whole page uses plain names, not hashed ones.
SCRIPTS = "js/door"
SERVICE_WORKER = "js/door_sw/sw.js"
FILES = (
    "css/door.css",
    "vendor/jsqr-1.4.0/jsQR.js",
    "img/door/icon.svg",
    "img/door/icon-192.png",
    "img/door/icon-512.png",
    "img/door/icon-maskable-512.png",
)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    # Asked again each time, so that a new version arrives; the service worker's copy answers without a network.
    "Cache-Control": "no-cache",
}


@login_not_required
@require_safe
def door_page(request: HttpRequest) -> HttpResponse:
    """The shell of the page; the desk's token stands in the fragment, which never gets here."""
    return HttpResponse(_page(), headers=HEADERS)


@login_not_required
@require_safe
def door_manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page installable."""
    return HttpResponse(_manifest(), content_type="application/manifest+json", headers=HEADERS)


@login_not_required
@require_safe
def door_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, beginning with the list of what it keeps; it changes when any of that does."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=HEADERS)


def _page() -> str:
    return get_template("door/door_page.html").render({"static": settings.STATIC_URL, "scripts": _scripts()})


def _manifest() -> str:
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
    icons.append(("icon-maskable-512.png", "512x512", "maskable"))
    return json.dumps(
        {
            "name": "Pintu kehadiran",
            "short_name": "Pintu",
            "lang": "id",
            "start_url": reverse("participants:door_page"),
            "scope": reverse("participants:door_page"),
            "display": "standalone",
            "background_color": "#0b1214",
            "theme_color": "#0b1214",
            "icons": [
                {"src": f"{settings.STATIC_URL}img/door/{name}", "type": "image/png", "sizes": size, "purpose": purpose}
                for name, size, purpose in icons
            ],
        }
    )


def _worker() -> str:
    if not settings.DEBUG:
        return _worker_once()
    return _make_worker()


@cache
def _worker_once() -> str:
    return _make_worker()


def _make_worker() -> str:
    kept = [
        [reverse("participants:door_page"), _integrity(_page().encode())],
        [reverse("participants:door_manifest"), _integrity(_manifest().encode())],
        *([settings.STATIC_URL + name, _integrity(_found(name).read_bytes())] for name in (*FILES, *_scripts())),
    ]
    script = _found(SERVICE_WORKER).read_text()
    version = hashlib.sha256(json.dumps([kept, script]).encode()).hexdigest()[:12]
    return f"const VERSION = {json.dumps(version)};\nconst KEPT = {json.dumps(kept)};\n{script}"


def _scripts() -> list[str]:
    """Every module of the page, relative to the static address."""
    return sorted(f"{SCRIPTS}/{path.name}" for path in _found(SCRIPTS).glob("*.js"))


def _found(name: str) -> Path:
    """The source of a static file; collecting copies it unchanged under the same name."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path)


def _integrity(content: bytes) -> str:
    """As browsers check it: "sha256-…"."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
