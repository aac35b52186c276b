"""WhatsApp or SMS through a provider that takes a form over HTTPS; the settings describe which (see description.py)."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import requests
from django.conf import settings
from requests.auth import AuthBase
from requests.exceptions import ConnectTimeout, ProxyError
from urllib3.exceptions import NewConnectionError
from urllib3.exceptions import SSLError as UnsafeConnection

from rtportal.lib import clock, phones
from rtportal.lib.errors import EnvError
from rtportal.messaging.channels.base import (
    ChannelUnavailable,
    Pace,
    PermanentRefusal,
    Person,
    PlainChannel,
    Receipt,
)
from rtportal.messaging.channels.gateway.answers import read_answer
from rtportal.messaging.channels.gateway.call_back import read
from rtportal.messaging.channels.gateway.description import Description, describe
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from rtportal.messaging.opaque import opaque_id
from rtportal.messaging.reports import Told

# To connect, and between two bytes of the answer, in seconds: far below a worker's lease.
TIMEOUTS = (5, 20)


class GatewayChannel(PlainChannel):
    name = "gateway"

    @property
    def label(self) -> str:
        return settings.GATEWAY["label"]

    @property
    def pace(self) -> Pace:
        return Pace(gap=timedelta(seconds=settings.GATEWAY["gap"]))

    @property
    def price(self) -> int:
        return settings.GATEWAY["price"]

    def is_configured(self) -> bool:
        """Raises EnvError for a description that cannot be: that stops the start, not the first invitation."""
        if not settings.GATEWAY["url"]:
            return False
        describe(settings.GATEWAY)
        return True

    def address_of(self, person: Person) -> str:
        if person.is_synthetic:
            return ""
        try:
            return phones.parse_mobile(person.phone)
        except phones.PhoneError:
            return ""

    @contextmanager
    def open(self) -> Iterator["GatewaySender"]:
        if not settings.GATEWAY["url"]:
            raise ChannelUnavailable("Penyedia gateway belum diatur (GATEWAY_URL).")
        try:
            description = describe(settings.GATEWAY)
        except EnvError as error:
            raise ChannelUnavailable(str(error)) from None
        yield GatewaySender(description)

    def read(self, payload: dict) -> Told:
        return read(payload)


class _TokenInHeader(AuthBase):
    """As `auth`, so that no password file of the machine takes its place."""

    def __init__(self, description: Description):
        self.name, self.value = description.header, description.header_value

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers[self.name] = self.value
        return request


class GatewaySender:
    """A connection for each message: one that a provider closes for idleness just as we write leaves it unknown."""

    def __init__(self, description: Description):
        self._description = description
        self._token = _TokenInHeader(description)

    def send(self, message: Message, content: Content, *, expires_at: datetime | None = None) -> Receipt:
        if message.is_synthetic:
            raise PermanentRefusal("Orang ini data contoh: teleponnya tidak pernah dihubungi.")
        now = clock.now()
        reference = opaque_id(message.pk, message.attempt_count or 1)
        form = self._description.fields(
            phone=message.address,
            text=content.text.strip(),
            short=content.short,
            name=message.recipient_name,
            reference=reference,
            expires_at=expires_at,
            now=now,
        )
        try:
            answer = requests.post(
                self._description.url,
                data=form,
                auth=self._token,
                headers={"Connection": "close"},
                timeout=TIMEOUTS,
                # One would take the token along to another address, or turn the POST into a GET.
                allow_redirects=False,
            )
        except requests.ConnectionError as error:
            if reason := _never_connected(error):
                raise ChannelUnavailable(f"Penyedia tidak dapat dihubungi: {reason}") from error
            raise
        return read_answer(
            self._description,
            status=answer.status_code,
            body=answer.content,
            retry_after=answer.headers.get("Retry-After", ""),
            our_reference=reference,
            now=now,
        )


def _never_connected(error: requests.ConnectionError) -> str:
    """Why not even a connection was made, so that nothing of the message was transmitted; "" if one may have been."""
    if isinstance(error, ConnectTimeout):
        return "tidak menjawab."
    if isinstance(error, ProxyError):
        return "perantara jaringan (proxy) tidak menjawab."
    reason = getattr(error.args[0], "reason", None) if error.args else None
    # Other errors of TLS may come after the request was sent.
    if isinstance(reason, UnsafeConnection) and any(isinstance(x, ssl.SSLCertVerificationError) for x in reason.args):
        return "sertifikat TLS-nya tidak dapat dipercaya."
    return "sambungan ditolak atau nama peladen tidak ditemukan." if isinstance(reason, NewConnectionError) else ""


channel = GatewayChannel()
