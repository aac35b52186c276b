"""How the e-mail channel takes what servers say and do, against a server that does as it is told."""

import smtplib
import socketserver
import threading
from collections.abc import Callable, Iterator

import pytest

from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Person, TemporaryRefusal
from rtportal.messaging.channels.email.channel import channel
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from tests.factories import NOW

CONTENT = Content("Undangan", "Silakan hadir.\n")
HANG_UP = b""
Answer = Callable[[bytes, int], bytes | None]


class Server(socketserver.ThreadingTCPServer):
    """Asks `answer(command, connection number)` before its own kind answers; HANG_UP closes the connection."""

    daemon_threads = True
    allow_reuse_address = True
    answer: Answer = staticmethod(lambda command, connection: None)

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.texts: list[bytes] = []
        self.connections = 0
        self.greeting = b"250 fine"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.has_recipient = False
        number = self.server.connections
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline().strip():
            if not self.respond(line, number):
                return

    def respond(self, line: bytes, number: int) -> bool:
        reply = self.server.answer(line, number)
        if reply is None:
            reply = self.usual_reply(line)
        if line.startswith((b"MAIL", b"RCPT")):
            self.has_recipient = line.startswith(b"RCPT") and reply.startswith(b"25")
        if reply == HANG_UP:
            return False
        self.wfile.write(reply + b"\r\n")
        if not reply.startswith(b"354"):
            return line != b"QUIT"
        text = b""
        while (part := self.rfile.readline()) != b".\r\n":
            text += part
        after = self.server.answer(b"(text)", number)
        if after == HANG_UP:
            return False
        self.server.texts.append(text)
        self.wfile.write((after or b"250 kept") + b"\r\n")
        return True

    def usual_reply(self, line: bytes) -> bytes:
        if line == b"DATA":
            return b"354 go" if self.has_recipient else b"503 to whom"
        return self.server.greeting if line.lower().startswith(b"ehlo") else b"250 fine"


@pytest.fixture(params=["one by one", "pipelining"])
def server(settings, request) -> Iterator[Server]:
    """A server that answers commands one by one, then one that takes several at once."""
    with Server() as listening:
        if request.param == "pipelining":
            listening.greeting = b"250-fine\r\n250 PIPELINING"
        threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.server_address
        settings.EMAIL_TIMEOUT = 5
        yield listening
        listening.shutdown()


def message(number: int = 1, address: str = "") -> Message:
    return Message(pk=number, address=address or f"rt{number}@rt.test", recipient_name="Ahmad", queued_at=NOW)


def send(*messages: Message):
    with channel.open() as sender:
        return [sender.send(each, CONTENT) for each in messages]


def on(command: bytes, reply: bytes, *, connection: int = 0) -> Answer:
    return lambda said, number: reply if said.startswith(command) and connection in (0, number) else None


def test_a_batch_goes_over_one_connection(server):
    receipts = send(message(1), message(2), message(3))
    assert server.connections == 1
    assert len(server.texts) == 3
    assert len({receipt.reference for receipt in receipts}) == 3
    assert receipts[0].detail == "250 kept"


@pytest.mark.parametrize("command", [b"MAIL", b"RCPT", b"DATA"])
def test_a_connection_the_server_closed_between_two_messages_is_made_again(server, command):
    server.answer = lambda line, connection: (
        HANG_UP if connection == 1 and line.startswith(command) and server.texts else None
    )
    send(message(1), message(2))
    assert server.connections == 2
    assert len(server.texts) == 2


def test_a_server_that_limits_messages_per_connection_gets_a_new_one(server):
    server.answer = lambda line, connection: (
        b"421 enough" if line.startswith(b"MAIL") and len(server.texts) == connection else None
    )
    send(message(1), message(2), message(3))
    assert server.connections == 3


@pytest.mark.parametrize("reply", [b"421 closing", b"530 authenticate first", b"550 not for you", HANG_UP])
def test_a_server_that_does_not_take_our_sender_is_unavailable(server, reply):
    server.answer = on(b"MAIL", reply)
    with pytest.raises(ChannelUnavailable):
        send(message())


def test_nobody_listening_is_unavailable(settings, port):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    with pytest.raises(ChannelUnavailable, match="tidak dapat dihubungi"):
        send(message())


def test_without_a_server_in_the_settings_it_is_unavailable(settings):
    settings.EMAIL_HOST = ""
    with pytest.raises(ChannelUnavailable, match="EMAIL_URL"):
        send(message())


def test_a_sender_address_that_is_none_is_unavailable(server, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal RT"
    with pytest.raises(ChannelUnavailable, match="EMAIL_FROM"):
        send(message())


@pytest.mark.parametrize("command", [b"RCPT", b"DATA", b"(text)"])
@pytest.mark.parametrize(("reply", "refusal"), [(b"451 later", TemporaryRefusal), (b"552 never", PermanentRefusal)])
def test_a_refusal_is_temporary_or_for_good_as_its_code_says(server, command, reply, refusal):
    server.answer = on(command, reply)
    with pytest.raises(refusal, match=reply.decode()):
        send(message())


@pytest.mark.parametrize(
    ("command", "reply", "failure"),
    [
        (b"RCPT", b"550 no such mailbox", "address"),
        (b"RCPT", b"550 5.1.1 User unknown", "address"),
        (b"RCPT", b"550 5.7.1 Relaying denied", "refused"),
        (b"RCPT", b"552 5.2.2 Mailbox full", "refused"),
        (b"(text)", b"550 5.1.1 User unknown", "address"),
        (b"(text)", b"554 spam", "refused"),
    ],
)
def test_a_refusal_says_whether_the_address_is_to_blame(server, command, reply, failure):
    server.answer = on(command, reply)
    with pytest.raises(PermanentRefusal) as refused:
        send(message())
    assert refused.value.failure == failure


def test_after_a_refusal_the_connection_serves_the_next_message(server):
    server.answer = lambda line, connection: b"550 no such mailbox" if line.startswith(b"RCPT TO:<rt1@") else None
    with channel.open() as sender:
        with pytest.raises(PermanentRefusal):
            sender.send(message(1), CONTENT)
        sender.send(message(2), CONTENT)
    assert server.connections == 1
    assert len(server.texts) == 1


def test_a_server_that_waits_for_a_text_without_recipient_gets_none(server):
    def answer(line: bytes, connection: int) -> bytes | None:
        if line.startswith(b"RCPT TO:<rt1@"):
            return b"550 no such mailbox"
        return b"354 go" if line == b"DATA" else None

    server.answer = answer
    with channel.open() as sender:
        with pytest.raises(PermanentRefusal, match="no such mailbox"):
            sender.send(message(1), CONTENT)
        sender.send(message(2), CONTENT)
    assert server.connections == 1
    assert [b"rt2@rt.test" in text for text in server.texts if text] == [True]


@pytest.mark.parametrize("command", [b"RCPT", b"DATA"])
def test_a_server_that_hangs_up_at_one_address_refuses_this_message_only_for_now(server, command):
    server.answer = on(command, HANG_UP)
    with pytest.raises(TemporaryRefusal, match="terputus sebelum isi"):
        send(message())
    assert server.texts == []


@pytest.mark.parametrize("reply", [HANG_UP, b"399 what", b"gibberish"])
def test_what_happens_after_the_text_leaves_the_outcome_open(server, reply):
    server.answer = on(b"(text)", reply)
    with pytest.raises(smtplib.SMTPException):
        send(message())


def test_the_message_after_an_open_outcome_goes_over_a_new_connection(server):
    server.answer = on(b"(text)", HANG_UP, connection=1)
    with channel.open() as sender:
        with pytest.raises(smtplib.SMTPException):
            sender.send(message(1), CONTENT)
        sender.send(message(2), CONTENT)
    assert server.connections == 2


@pytest.mark.parametrize("address", ["rt001@contoh.invalid", "RT001@CONTOH.INVALID", "bukan alamat", "a@b@\n.test"])
def test_addresses_that_cannot_be_are_refused_without_asking_the_server(server, address):
    with pytest.raises(PermanentRefusal):
        send(message(address=address))
    assert server.connections == 0


def test_text_that_is_no_text_is_refused_without_asking_the_server(server):
    with channel.open() as sender, pytest.raises(PermanentRefusal):
        sender.send(message(), Content("Undangan", "\ud800"))
    assert server.connections == 0


@pytest.mark.parametrize(
    ("email", "address"), [(" rt@rt.test ", "rt@rt.test"), ("", ""), ("tidak ada", ""), ("-", ""), ("rt@rt", "")]
)
def test_only_a_possible_address_reaches_somebody(email, address):
    assert channel.address_of(Person(email=email, phone="+6281234567890")) == address
