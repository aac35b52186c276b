"""A message provider over real HTTP, Fonnte-shaped, that keeps what it takes and misbehaves on request."""

import enum
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from rtportal import env
from tests.infra.traces import note

TOKEN = "kunci-penyedia-uji"


class Answer(enum.Enum):
    """What the stub does with a whole request that carries the right token."""

    ACCEPT = "kept, status true and an id"
    BAD_NUMBER = "not kept, status false: the target cannot be reached"
    NO_QUOTA = "not kept, status false: the account is out of messages"
    BROKEN = "500 without a word, not kept"
    BUSY = "429 with Retry-After: 90, not kept"
    CLOSED = "503, not kept"
    REDIRECT = "302 to another address, not kept"
    NONSENSE = "200 with a page of HTML, kept: the sender cannot know"
    ACCEPT_THEN_DROP = "kept, then the connection cut without an answer: the sender cannot know"
    HANG = "kept, but no answer until the stub is released"


@dataclass(frozen=True)
class Taken:
    """One request as it arrived. Names of headers are in lower case."""

    path: str
    headers: dict[str, str]
    form: dict[str, str]


class GatewayStub:
    """Listens on a port of its own in threads of its own. `url` is what GATEWAY_URL takes.

    `taken` holds what was kept, `asked` all requests, in order of arrival. `answer` is asked for each request and may
    be replaced at any time.
    """

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.asked: list[Taken] = []
        self.answer: Callable[[Taken], Answer] = lambda taken: Answer.ACCEPT
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, name="gateway-stub", daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/send"

    def options(self, **changes: str | int) -> dict[str, str | int]:
        """The setting GATEWAY that describes this stub, with the portal's own defaults for all else."""
        return env.GATEWAY | {"url": self.url, "token": TOKEN, "gap": 0} | changes

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def forget(self) -> None:
        """Behave again, remember nothing."""
        self.taken.clear()
        self.asked.clear()
        self.released.clear()
        self.answer = lambda taken: Answer.ACCEPT


def _handler(stub: GatewayStub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            request = Taken(self.path, {name.lower(): value for name, value in self.headers.items()}, form)
            stub.asked.append(request)
            note("message to the gateway", f"{self.path}\n{form}")
            if request.headers.get("authorization") != TOKEN:
                # As Fonnte says it: with a 200.
                self._say(200, {"status": False, "reason": "invalid token"})
                return
            self._do(stub.answer(request), request)

        def _do(self, answer: Answer, request: Taken) -> None:
            if answer in {Answer.ACCEPT, Answer.NONSENSE, Answer.ACCEPT_THEN_DROP, Answer.HANG}:
                stub.taken.append(request)
            if answer is Answer.ACCEPT_THEN_DROP:
                self.close_connection = True
                return
            if answer is Answer.HANG:
                stub.released.wait(60)
            match answer:
                case Answer.BAD_NUMBER:
                    self._say(200, {"status": False, "reason": "target invalid"})
                case Answer.NO_QUOTA:
                    self._say(200, {"status": False, "reason": "insufficient quota"})
                case Answer.BROKEN:
                    self._say(500, None)
                case Answer.BUSY:
                    self._say(429, {"reason": "too many requests"}, {"Retry-After": "90"})
                case Answer.CLOSED:
                    self._say(503, None)
                case Answer.REDIRECT:
                    self._say(302, None, {"Location": f"http://127.0.0.1:{self.server.server_address[1]}/elsewhere"})
                case Answer.NONSENSE:
                    self._write(200, b"<html>ok</html>", {})
                case _:
                    sent = {"detail": "success! message in queue", "id": [str(8_000_000 + len(stub.taken))]}
                    self._say(200, sent | {"process": "pending", "status": True, "target": [request.form["target"]]})

        def _say(self, status: int, answer: dict | None, headers: dict[str, str] | None = None) -> None:
            self._write(status, b"" if answer is None else json.dumps(answer).encode(), headers or {})

        def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            # Who waited for a released answer may be gone.
            with suppress(OSError):
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Quiet: a test that fails says what arrived."""

    return Handler
