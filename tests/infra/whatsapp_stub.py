"""Meta's WhatsApp Cloud API as far as the portal knows it: real HTTP on a port of its own, misbehaving on request.

It honours the shapes of Meta's reference: ids, error codes, template states, limits. It posts signed webhooks to
`webhook_url` when told to.
"""

import base64
import enum
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import requests

from rtportal.messaging.channels.whatsapp.signature import signature_of
from tests.infra.traces import note
from tests.infra.whatsapp_events import StatusText, inbound_post, status_post, template_post

VERSION = "v25.0"


class Answer(enum.Enum):
    """What the stub does with a message that it would take."""

    ACCEPT = "200 with an id"
    TROUBLE = "500 with Meta's error, not kept"
    SLOW_DOWN = "429 with Retry-After, not kept"
    HANG = "kept, but no answer until the stub is released"
    ACCEPT_THEN_CUT = "kept, then the connection cut without an answer: the sender cannot know"
    CUT = "connection cut without an answer, not kept"


@dataclass(frozen=True)
class Accepted:
    """One message that was taken."""

    wamid: str
    to: str
    opaque: str
    template: str
    values: list[str]
    buttons: list[str]
    body: dict[str, Any] = field(repr=False)


class Refused(Exception):
    """An error of the API: HTTP status and Meta's code."""

    def __init__(self, status: int, code: int, retry_after: int | None = None):
        super().__init__(code)
        self.status, self.code, self.retry_after = status, code, retry_after


class WhatsAppStub:
    """`messages` holds what was taken, in order; `answer` is asked for each message and may be replaced at any time.

    `not_on_whatsapp` and `capped` are numbers (digits) that get 131026 and 131049; `templates` maps names to their
    status at Meta. The limits of 80 a second and one in 6 seconds per person can be set to 0.
    """

    def __init__(self) -> None:
        self.token, self.phone_number_id, self.waba_id = "stub-token", "1122334455667", "5467539754836534"
        self.app_secret = "stub-secret"
        self.webhook_url = ""
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._released = threading.Event()
        self.forget()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="whatsapp-stub", daemon=True)

    @property
    def url(self) -> str:
        """What WHATSAPP_API_URL takes."""
        return f"http://127.0.0.1:{self.port}/{VERSION}"

    def environment(self) -> dict[str, str]:
        """What steers a portal to this stub."""
        return {
            "WHATSAPP_API_URL": self.url,
            "WHATSAPP_TOKEN": self.token,
            "WHATSAPP_PHONE_NUMBER_ID": self.phone_number_id,
            "WHATSAPP_WABA_ID": self.waba_id,
            "WHATSAPP_APP_SECRET": self.app_secret,
            "WHATSAPP_VERIFY_TOKEN": "stub-verify",
        }

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Behave again, remember nothing."""
        self.messages: list[Accepted] = []
        self.templates: dict[str, str] = {}
        self.submitted: list[dict[str, Any]] = []
        self.not_on_whatsapp: set[str] = set()
        self.capped: set[str] = set()
        self.paths: list[str] = []
        self.per_second, self.person_gap = 80, 6.0
        self.retry_after = 7
        self.answer: Callable[[dict], Answer] = lambda body: Answer.ACCEPT
        self._recent: deque[float] = deque()
        self._last_to: dict[str, float] = {}
        self._released.clear()

    def release(self) -> None:
        """Let everything that hangs be answered."""
        self._released.set()

    # What it tells the portal

    def report(self, *texts: StatusText, signed: bool = True) -> requests.Response:
        """All these statuses in one POST."""
        return self.post(status_post(texts, self.phone_number_id), signed=signed)

    def report_each(self, status: str, messages: Iterable[Accepted] | None = None) -> None:
        """This status of each message (all, by default), every one in a POST of its own."""
        for message in list(self.messages if messages is None else messages):
            self.report(StatusText(message.wamid, status, opaque=message.opaque, to=message.to))

    def decide(self, name: str, event: str, reason: str = "NONE") -> requests.Response:
        """A template's new state."""
        self.templates[name] = event
        return self.post(template_post(name, event, reason))

    def say(self, sender: str, **message: Any) -> requests.Response:
        """Somebody writes or presses a button; see `inbound_post`."""
        return self.post(inbound_post(sender, phone_number_id=self.phone_number_id, **message))

    def post(self, body: dict[str, Any], *, signed: bool = True) -> requests.Response:
        raw = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if signed:
            headers["X-Hub-Signature-256"] = signature_of(raw, self.app_secret)
        return requests.post(self.webhook_url, data=raw, headers=headers, timeout=20)

    # What the portal asks

    def _take(self, body: dict[str, Any]) -> tuple[Accepted | None, Answer]:
        """The message as it is kept; None where it is not."""
        to = body.get("to", "")
        with self._lock:
            if body.get("type") != "template":
                raise Refused(400, 131047)
            self._check_template(body["template"])
            if to in self.not_on_whatsapp:
                raise Refused(400, 131026)
            if to in self.capped:
                raise Refused(400, 131049)
            self._check_limits(to)
            answer = self.answer(body)
            if answer is Answer.TROUBLE:
                raise Refused(500, 131000)
            if answer is Answer.SLOW_DOWN:
                raise Refused(429, 130429, self.retry_after)
            if answer is Answer.CUT:
                return None, answer
            self._last_to[to] = time.monotonic()
            message = self._accepted(body)
            self.messages.append(message)
            note("message over WhatsApp", json.dumps(body["template"], ensure_ascii=False))
            return message, answer

    def _accepted(self, body: dict[str, Any]) -> Accepted:
        number = next(self._numbers)
        wamid = "wamid." + base64.b64encode(f"{body['to']}-{number}".encode()).decode()
        parts = {"body": [], "button": []}
        for component in body["template"]["components"]:
            parts[component["type"]] += [each.get("text") or each["payload"] for each in component["parameters"]]
        return Accepted(
            wamid,
            body["to"],
            body.get("biz_opaque_callback_data", ""),
            body["template"]["name"],
            parts["body"],
            parts["button"],
            body,
        )

    def _check_template(self, template: dict[str, Any]) -> None:
        status = self.templates.get(template["name"])
        if status is None:
            raise Refused(404, 132001)
        if status != "APPROVED":
            raise Refused(400, {"PAUSED": 132015, "DISABLED": 132016}.get(status, 132001))

    def _check_limits(self, to: str) -> None:
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if self.per_second and len(self._recent) >= self.per_second:
            raise Refused(429, 130429)
        if self.person_gap and now - self._last_to.get(to, -1e9) < self.person_gap:
            raise Refused(400, 131056)
        self._recent.append(now)

    def _create_template(self, body: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            if body["name"] in self.templates:
                raise Refused(400, 100)
            self.templates[body["name"]] = "PENDING"
            self.submitted.append(body)
            return {"id": f"16895569081{len(self.submitted):05}", "status": "PENDING", "category": body["category"]}

    def _edit_template(self, body: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.submitted.append(body)
            return {"success": True}

    def _listed(self, query: str) -> dict[str, Any]:
        rows = [
            {"id": f"{place}", "name": name, "language": "id", "status": status, "category": "UTILITY"}
            for place, (name, status) in enumerate(self.templates.items(), start=1)
        ]
        return {"data": [row for row in rows if f"name={row['name']}" in query.split("&")]}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                self._answer(lambda parts, body: stub._listed(parts.query))

            def do_POST(self) -> None:
                self._answer(self._act)

            def _act(self, parts: Any, body: dict[str, Any]) -> dict[str, Any] | None:
                owner, _, what = parts.path.removeprefix(f"/{VERSION}/").partition("/")
                if (owner, what) == (stub.waba_id, "message_templates"):
                    return stub._create_template(body)
                if what != "messages":
                    return stub._edit_template(body)
                if owner != stub.phone_number_id:
                    raise Refused(400, 33)
                message, answer = stub._take(body)
                if answer in {Answer.CUT, Answer.ACCEPT_THEN_CUT}:
                    return None
                if answer is Answer.HANG:
                    stub._released.wait(60)
                return {
                    "messaging_product": "whatsapp",
                    "contacts": [{"input": message.to, "wa_id": message.to}],
                    "messages": [{"id": message.wamid, "message_status": "accepted"}],
                }

            def _answer(self, act: Callable[[Any, dict[str, Any]], dict[str, Any] | None]) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                stub.paths.append(self.path)
                try:
                    if self.headers.get("Authorization") != f"Bearer {stub.token}":
                        raise Refused(401, 190)
                    body = act(urlsplit(self.path), json.loads(raw or b"{}"))
                except Refused as refused:
                    error = {"message": f"(#{refused.code}) refused", "type": "OAuthException", "code": refused.code}
                    self._send(refused.status, {"error": error}, refused.retry_after)
                    return
                if body is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                self._send(200, body)

            def _send(self, status: int, body: dict[str, Any], retry_after: int | None = None) -> None:
                raw = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                if retry_after is not None:
                    self.send_header("Retry-After", str(retry_after))
                self.end_headers()
                self.wfile.write(raw)

        return Handler
