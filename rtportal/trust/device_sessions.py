"""Where an official is signed in: the devices, their last use, and ending them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from rtportal.accounts.models import User
from rtportal.lib import clock

# A use is written down at most this often.
SEEN_EVERY = timedelta(minutes=5)
_SEEN_KEY = "seen_at"

# What stands there for a request that does not say where it comes from, as over a unix socket.
NO_ADDRESS = "::"

# The first sign found in the header counts: Edge calls itself Chrome too, Chrome Safari, and Android Linux.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """One place where somebody is signed in."""

    pk: int
    words: str
    address: str
    signed_in_at: datetime
    seen_at: datetime
    is_this: bool


def device_words(user_agent: str) -> str:
    """What people call it, from the header that browsers send: "Chrome di Windows"."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Peramban")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} di {system}" if system else browser


def devices_of(user: User, *, current: str, now: datetime) -> list[Device]:
    """Every device on which `user` is signed in, the present session `current` first, then the last used; 2 queries."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    alive = set(
        Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=now).values_list(
            "session_key", flat=True
        )
    )
    found = [
        Device(
            pk=row.pk,
            words=device_words(row.user_agent),
            address="" if row.ip == NO_ADDRESS else row.ip,
            signed_in_at=row.created_at,
            seen_at=row.last_seen_at,
            is_this=row.session_key == current,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda device: not device.is_this)


def end_sessions(user: User, *, only: int | None = None, keep: str = "") -> int:
    """Signs `user` out everywhere, on the device `only`, or everywhere but in the session `keep`; how many ended."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    UserSession.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[0]


def stamp_seen(request: HttpRequest, now: datetime) -> None:
    """Remembers in the session when its device was last written down as used."""
    request.session[_SEEN_KEY] = now.timestamp()


class SeenMiddleware:
    """Writes down, every few minutes, when a signed-in device was last used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        # Asked without touching the session of a page that did not need it.
        if request.session.accessed and request.session.session_key and request.user.is_authenticated:
            self._note(request, clock.now())
        return response

    def _note(self, request: HttpRequest, now: datetime) -> None:
        seen = request.session.get(_SEEN_KEY, 0)
        if 0 <= now.timestamp() - seen < SEEN_EVERY.total_seconds():
            return
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
        stamp_seen(request, now)
