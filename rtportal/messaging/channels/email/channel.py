"""E-mail over SMTP, with the server and credentials of Django's mail settings."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

from rtportal.lib import clock
from rtportal.messaging.channels.base import (
    ChannelUnavailable,
    PermanentRefusal,
    Person,
    PlainChannel,
    Receipt,
    Refusal,
    TemporaryRefusal,
)
from rtportal.messaging.channels.email import wire
from rtportal.messaging.channels.email.events import read
from rtportal.messaging.channels.email.letter import letter
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from rtportal.messaging.references import message_id_of
from rtportal.messaging.reports import Told

Reply = tuple[int, bytes]
# 251: will be forwarded. 252: the server cannot tell whether the address exists, but takes the message.
_RECIPIENT_TAKEN = (250, 251, 252)
_NO_MAILBOX = (550, 551, 553)
_STATUS = re.compile(rb"\b5\.\d{1,3}\.\d{1,3}\b")


class _Disconnected(TemporaryRefusal):
    """The connection broke before any of the message's text was transmitted."""


class EmailChannel(PlainChannel):
    name = "email"
    label = "E-mail"

    def is_configured(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def address_of(self, person: Person) -> str:
        address = person.email.strip()
        try:
            validate_email(address)
        except ValidationError:
            return ""
        return address

    @contextmanager
    def open(self) -> Iterator["SmtpSender"]:
        sender = SmtpSender()
        try:
            yield sender
        finally:
            sender.close()

    def read(self, payload: dict) -> Told:
        return read(payload)


class SmtpSender:
    """One connection for a whole batch, made on the first send and again after the server has dropped it."""

    def __init__(self):
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        try:
            self.envelope_sender = wire.wire_address(address)
        except ValueError:
            raise ChannelUnavailable("Alamat pengirim portal (EMAIL_FROM) tidak sah.") from None
        self.office = name or "Portal RT"
        self.sender = wire.mailbox(name, self.envelope_sender)
        self.domain = urlsplit(settings.BASE_URL).hostname or "localhost"
        self._backend: EmailBackend | None = None
        # Whether the server has been told that a message follows and its answer is not yet read.
        self._is_next_begun = False

    def send(self, message: Message, content: Content, *, expires_at: datetime | None = None) -> Receipt:
        address = _address(message)
        message_id = message_id_of(message, self.domain)
        try:
            mail = wire.compose(
                sender=self.sender,
                recipient_name=message.recipient_name,
                address=address,
                subject=content.subject,
                text=content.text,
                html=letter(
                    subject=content.subject, text=content.text, office=content.values.get("kantor") or self.office
                ),
                message_id=message_id,
                at=clock.now(),
                # Not the end of the sending hours: a mail that waits in a mailbox wakes nobody.
                expires_at=message.expires_at,
            )
        except ValueError:
            detail = "Isi pesan ini tidak dapat dijadikan e-mail."
            raise PermanentRefusal(detail, failure=Message.Failure.CONTENT) from None
        data = wire.dot_stuffed(mail)
        server = self._server_ready_for_data(address)
        # From here on, whatever breaks, the server may have taken the message.
        code, reply = self._transmit(server, data)
        if code >= 400:
            raise _refusal(code, reply)
        if code // 100 != 2:
            raise smtplib.SMTPResponseException(code, reply)
        # The server may think about the next one while this one is being written down.
        with suppress(OSError, smtplib.SMTPException):
            self._begin_next()
        return Receipt(reference=message_id, detail=_words(code, reply))

    def close(self) -> None:
        """Say goodbye; one that fails changes nothing about what was sent."""
        if self._backend is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._is_next_begun:
                    self._backend.connection.getreply()
            with suppress(OSError, smtplib.SMTPException):
                self._backend.close()
            self._forget()

    def _drop(self) -> None:
        """Leave without a goodbye, which a server that hangs would let us wait for."""
        if self._backend is not None:
            self._backend.connection.close()
            self._forget()

    def _forget(self) -> None:
        self._backend, self._is_next_begun = None, False

    def _server_ready_for_data(self, address: str) -> smtplib.SMTP:
        """The connection after the server has agreed (354) to take the text of a message to this address.

        A kept connection may have been closed by the server meanwhile (idle, or its share of messages is used up).
        Nothing was transmitted by then, so a fresh one is tried once.
        """
        if self._backend is not None:
            with suppress(_Disconnected, ChannelUnavailable):
                return self._offered(address)
        return self._offered(address)

    def _offered(self, address: str) -> smtplib.SMTP:
        server = self._begun()
        try:
            (code, reply), (text_code, text_reply) = _ask(server, address)
            is_about_address = code not in _RECIPIENT_TAKEN
            if not is_about_address:
                code, reply = text_code, text_reply
                if code == 354:
                    return server
            elif text_code == 354:
                # It waits for a text that would be for nobody.
                server.send(b".\r\n")
                server.getreply()
            server.rset()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            # Blames this message and not the channel: a server that hangs up at one address would block all others.
            raise _Disconnected(f"Sambungan terputus sebelum isi pesan dikirim: {_short(error)}") from error
        raise _refusal(code, reply, is_about_address=is_about_address)

    def _begun(self) -> smtplib.SMTP:
        """The connection after the server has accepted our sender address. Raises ChannelUnavailable."""
        if not settings.EMAIL_HOST:
            raise ChannelUnavailable("Peladen e-mail belum diatur (EMAIL_URL).")
        try:
            if self._backend is None:
                backend = EmailBackend()
                backend.open()
                backend.connection.ehlo_or_helo_if_needed()
                self._backend = backend
            if not self._is_next_begun:
                self._begin_next()
            self._is_next_begun = False
            code, reply = self._backend.connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise ChannelUnavailable(f"Peladen e-mail tidak dapat dihubungi: {_short(error)}") from error
        if code != 250:
            # A server that does not take our sender takes no message at all, which is no fault of this one.
            self._drop()
            raise ChannelUnavailable(f"Peladen e-mail tidak melayani pengirim ini: {_words(code, reply)}")
        return self._backend.connection

    def _begin_next(self) -> None:
        """Say that a message follows: all of them have the same sender, so no more need be known of it."""
        self._backend.connection.putcmd(f"MAIL FROM:<{self.envelope_sender}>")
        self._is_next_begun = True

    def _transmit(self, server: smtplib.SMTP, data: bytes) -> tuple[int, bytes]:
        try:
            server.send(data)
            return server.getreply()
        except Exception:
            self._drop()
            raise


def _ask(server: smtplib.SMTP, address: str) -> tuple[Reply, Reply]:
    """What the server says to the recipient and to the wish to send a text, asked at once where it allows that."""
    if server.has_extn("pipelining"):
        server.send(f"RCPT TO:<{address}>\r\nDATA\r\n")
        return server.getreply(), server.getreply()
    taken = server.docmd(f"RCPT TO:<{address}>")
    return taken, server.docmd("DATA") if taken[0] in _RECIPIENT_TAKEN else taken


def _address(message: Message) -> str:
    try:
        address = wire.wire_address(message.address)
    except ValueError:
        raise PermanentRefusal("Alamat e-mail ini tidak sah.", failure=Message.Failure.ADDRESS) from None
    if address.lower().endswith(".invalid"):
        detail = "Alamat contoh (.invalid) tidak pernah dikirimi e-mail."
        raise PermanentRefusal(detail, failure=Message.Failure.ADDRESS)
    return address


def _refusal(code: int, reply: bytes, *, is_about_address: bool = False) -> Refusal:
    words = _words(code, reply)
    if code < 500:
        return TemporaryRefusal(f"Ditolak sementara oleh peladen: {words}")
    # An enhanced status (RFC 3463) says more than the moment at which it was said: 5.7.1 is a policy, not an address.
    status = _STATUS.search(reply)
    is_address = status[0].startswith(b"5.1.") if status else is_about_address and code in _NO_MAILBOX
    failure = Message.Failure.ADDRESS if is_address else Message.Failure.REFUSED
    return PermanentRefusal(f"Ditolak oleh peladen: {words}", failure=failure)


def _words(code: int, reply: bytes) -> str:
    return wire.one_line(f"{code} {reply.decode(errors='replace')}")[:300]


def _short(error: Exception) -> str:
    return wire.one_line(str(error))[:300]


channel = EmailChannel()
