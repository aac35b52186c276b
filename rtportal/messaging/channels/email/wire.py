"""A message as the bytes that go over the wire.

Written by hand because Django's EmailMessage needs more time for one mail than a server needs to take it; what is
built here is the plain case only: one recipient, one text, and the same as HTML.
"""

import binascii
import re
import secrets
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import lru_cache

LONGEST_LINE = 900


def one_line(text: str) -> str:
    """Text without line ends or other control characters, so that it cannot add a header of its own."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


def wire_address(address: str) -> str:
    """The address in the ASCII form servers take (`a@bücher.test` → `a@xn--bcher-kva.test`).

    Raises ValueError (UnicodeError among them) for what no server would take: no or several @, blanks, a part
    before the @ that is not ASCII.
    """
    local, at, domain = address.strip().rpartition("@")
    if not (local and at and domain) or re.search(r"[\s<>@\x00-\x1f\x7f]", local):
        raise ValueError(address)
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


# A whole wave has one subject, and encoding it takes longer than all the rest of a message.
@lru_cache(maxsize=256)
def header(text: str) -> str:
    """Text fit for a header: as it is, or as encoded words folded over several lines."""
    clean = one_line(text)
    return clean if clean.isascii() and len(clean) <= LONGEST_LINE else Header(clean, "utf-8").encode(linesep="\r\n")


def compose(
    *,
    sender: str,
    recipient_name: str,
    address: str,
    subject: str,
    text: str,
    html: str = "",
    message_id: str,
    at: datetime,
    expires_at: datetime | None = None,
) -> bytes:
    """Headers and body with CRLF line ends, before dot-stuffing. `sender` is a `mailbox`, `address` is ASCII.

    `expires_at` is when the message has lost its use (its event has begun), which mail programs may show. A server is
    not asked to keep to it: the limit of RFC 2852 belongs into MAIL FROM, and hardly any server offers it.
    """
    head = [
        f"From: {sender}",
        f"To: {mailbox(recipient_name, address)}",
        f"Subject: {header(subject)}",
        f"Date: {_date(at.replace(microsecond=0))}",
        f"Message-ID: {message_id}",
        # Keeps holiday notices and other robots from answering.
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ]
    if expires_at:
        head.insert(-1, f"Expires: {_date(expires_at)}")
    if not html:
        return "\r\n".join(head).encode("ascii") + b"\r\n" + _part("text/plain", text)
    # Nobody who writes a text can know it, so no text can end its part.
    boundary = secrets.token_hex(12)
    head.append(f'Content-Type: multipart/alternative; boundary="{boundary}"')
    line = f"\r\n--{boundary}".encode("ascii")
    parts = (
        "\r\n".join(head).encode("ascii") + b"\r\n",
        _part("text/plain", text),
        # Whoever can show the last one shows that.
        _part("text/html", html),
        b"--\r\n",
    )
    return (line + b"\r\n").join(parts[:3]) + line + parts[3]


@lru_cache(maxsize=16)
def _date(at: datetime) -> str:
    return format_datetime(at)


def _part(kind: str, text: str) -> bytes:
    """One text with the headers that say how to read it."""
    encoding, body = encoded_body(text)
    headers = f'Content-Type: {kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return headers.encode("ascii") + body


def encoded_body(text: str) -> tuple[str, bytes]:
    """The transfer encoding and the body in it: 7bit where the text allows it, else quoted-printable."""
    lines = text.rstrip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    data = ("\r\n".join(lines) + "\r\n").encode()
    if data.isascii() and b"\x00" not in data and max(map(len, lines)) <= LONGEST_LINE:
        return "7bit", data
    return "quoted-printable", binascii.b2a_qp(data, istext=True)


def dot_stuffed(data: bytes) -> bytes:
    """The data as SMTP transmits it: a dot at the start of a line is doubled, a lone dot ends it."""
    stuffed = data.replace(b"\r\n.", b"\r\n..")
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def mailbox(name: str, address: str) -> str:
    """`Name <address>` for a header, the name quoted or encoded where needed."""
    clean = one_line(name)
    return formataddr((clean, address)) if clean else address
