"""An SMTP server that keeps what it is sent and misbehaves on request."""

import asyncio
import enum
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.infra.traces import note


class Answer(enum.Enum):
    """What the sink does once a whole message has arrived."""

    ACCEPT = "250, kept"
    REFUSE = "550 for good, not kept"
    LATER = "451 for now, not kept"
    DROP = "connection cut without a reply, not kept"
    ACCEPT_THEN_DROP = "kept, then the connection cut without a reply: the sender cannot know"
    HANG = "kept, but no reply until the sink is released"


@dataclass(frozen=True)
class Received:
    """One message as it went over the wire."""

    sender: str
    recipients: list[str]
    email: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.email["Subject"])

    @property
    def text(self) -> str:
        """Its plain text part."""
        part = self.email.get_body(("plain",))
        return part.get_content() if part else ""


class SmtpSink:
    """Listens on a port of its own in a thread of its own. `url` is what EMAIL_URL takes.

    `messages` holds what was kept, in order of arrival. `answer` is asked for each whole message and may be replaced
    at any time; `refused` are addresses whose RCPT gets 550; `delay` seconds pass before each answer.
    """

    def __init__(self) -> None:
        self.messages: list[Received] = []
        self.refused: set[str] = set()
        self.delay = 0.0
        self.answer: Callable[[Received], Answer] = lambda received: Answer.ACCEPT
        self._loop = asyncio.new_event_loop()
        self._released = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp-sink", daemon=True)
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            self._loop.create_server(lambda: SMTP(self, hostname="sink"), "127.0.0.1", self.port), self._loop
        ).result(10)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        async def close() -> None:
            self._released.set()
            self._server.close()
            self._loop.stop()

        asyncio.run_coroutine_threadsafe(close(), self._loop)
        self._thread.join(10)

    def release(self) -> None:
        """Let everything that hangs be answered with 250."""
        self._loop.call_soon_threadsafe(self._released.set)

    def forget(self) -> None:
        """Behave again, remember nothing."""
        self.messages.clear()
        self.refused.clear()
        self.delay = 0.0
        self.answer = lambda received: Answer.ACCEPT
        self._loop.call_soon_threadsafe(self._released.clear)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        received = Received(envelope.mail_from or "", list(envelope.rcpt_tos), parsed)
        answer = self.answer(received)
        if self.delay:
            await asyncio.sleep(self.delay)
        if answer in {Answer.ACCEPT, Answer.ACCEPT_THEN_DROP, Answer.HANG}:
            self.messages.append(received)
            note(f"e-mail “{received.subject}”", f"{received.subject}\n{received.text}")
        if answer is Answer.HANG:
            await self._released.wait()
        if answer in {Answer.DROP, Answer.ACCEPT_THEN_DROP}:
            server.transport.abort()
        return {Answer.REFUSE: "550 refused", Answer.LATER: "451 try again later"}.get(answer, "250 kept")
