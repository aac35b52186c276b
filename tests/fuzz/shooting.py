"""Sends one generated request and judges what came of it; whatever it changed is taken back."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from traceback import extract_tb
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from rtportal.accounts.models import User
from rtportal.env import BASE_DIR
from tests.fuzz.others import Others
from tests.fuzz.shots import Shot

TRACES = ("Traceback (most recent call last)", "&lt;django.", "site-packages/", "django.db.utils", "psycopg2.")
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Finding:
    """What is wrong, where in the code, and the request that shows it."""

    what: str
    where: str
    shot: dict

    @property
    def key(self) -> str:
        """The same fault twice has the same key."""
        return f"{self.what} @ {self.where}"


class Range:
    """Signs everybody in and keeps what must not change: the rows of the other region."""

    def __init__(self, people: dict[str, User], others: Others) -> None:
        self._people = people
        self._clients = {"anonymous": Client(raise_request_exception=False)}
        for role in people:
            self._sign_in(role)
        self._others = others
        self._before = others.checksum()
        self._raised: list[BaseException] = []
        self._has_written = False
        got_request_exception.connect(self._note, weak=False, dispatch_uid="fuzz")

    @property
    def actors(self) -> list[str]:
        return list(self._clients)

    def fire(self, shot: Shot) -> Finding | None:
        """Send it, judge the answer, and put everything back."""
        self._raised, self._has_written = [], False
        # Nobody has asked before: what is sent too often would only be refused.
        cache.version += 1
        client = self._clients[shot.actor]
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        with transaction.atomic():
            try:
                with connection.execute_wrapper(self._watch):
                    response = _send(client, shot)
                    text = _text_of(response)
                found = self._judge(shot, response, text)
            except Exception as error:
                # What no middleware caught would have ended in the server's own error page.
                found = Finding(_name(error), _place(error), asdict(shot))
            transaction.set_rollback(True)
        if client.cookies.get(settings.SESSION_COOKIE_NAME) != session and shot.actor in self._people:
            self._sign_in(shot.actor)
        return found

    def _sign_in(self, role: str) -> None:
        self._clients[role] = Client(raise_request_exception=False)
        self._clients[role].force_login(self._people[role])

    def _judge(self, shot: Shot, response: HttpResponse, text: str) -> Finding | None:
        if self._raised:
            return Finding(_name(self._raised[0]), _place(self._raised[0]), asdict(shot))
        # That a part of the portal is away is what this page is for.
        if response.status_code >= 500 and shot.target != "web:health":
            return Finding(f"status {response.status_code}", shot.target, asdict(shot))
        if any(trace in text for trace in TRACES):
            return Finding("a traceback in the page", shot.target, asdict(shot))
        # The stranger is who works in the other region.
        if self._has_written and shot.actor != "stranger" and self._others.checksum() != self._before:
            return Finding("changed another region", shot.target, asdict(shot))
        return None

    def _watch(self, execute, sql, params, many, context):
        self._has_written = self._has_written or sql.lstrip().upper().startswith(WRITES)
        return execute(sql, params, many, context)

    def _note(self, **_) -> None:
        self._raised.append(sys.exc_info()[1])


def _send(client: Client, shot: Shot) -> HttpResponse:
    """By hand, because Django's own client refuses to send much of what anybody can send."""
    body, content_type = b"", "application/x-www-form-urlencoded"
    if shot.body is not None:
        body, content_type = _bytes(shot.body), shot.content_type
    elif shot.files:
        body, content_type = _multipart(shot), f"multipart/form-data; boundary={_BOUNDARY}"
    elif shot.method in {"post", "put"}:
        body = urlencode([(_bytes(name), _bytes(value)) for name, value in shot.fields]).encode()
    path = quote(_bytes(shot.path), safe="/%")
    asked = urlencode([(_bytes(name), _bytes(value)) for name, value in shot.query])
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": _bytes(value).decode("latin-1").replace("\n", "").replace("\r", "")
        for name, value in shot.headers.items()
        if name not in {"Cookie", "Content-Length"}
    }
    return client.generic(shot.method.upper(), path, body, content_type, QUERY_STRING=asked, **headers)


_BOUNDARY = "batas-uji"


def _multipart(shot: Shot) -> bytes:
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (_bytes(name), _bytes(value))
        for name, value in shot.fields
    ]
    parts += [
        b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n%s'
        % (_bytes(name), _bytes(filename), _bytes(kind), content)
        for name, filename, content, kind in shot.files
    ]
    line = f"--{_BOUNDARY}".encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text_of(response: HttpResponse) -> str:
    if response.streaming:
        return b"".join(response.streaming_content)[:100_000].decode("utf-8", "replace")
    return response.content[:200_000].decode("utf-8", "replace")


def _name(error: BaseException) -> str:
    return type(error).__name__


def _place(error: BaseException) -> str:
    """The last line of the portal's own code, else the last of all."""
    frames = extract_tb(error.__traceback__)
    ours = [one for one in frames if Path(one.filename).is_relative_to(BASE_DIR) and ".venv" not in one.filename]
    ours = [one for one in ours if "/tests/" not in one.filename] or list(frames)
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} ({str(error)[:100]})" if ours else str(error)[:100]
