"""A message as the bytes that go over the wire.

Written by hand because Django's EmailMessage needs more time for one plain-text mail than a server needs to take
it; what is built here is the plain case only: one recipient, one text part.
"""

import binascii
import re
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import lru_cache

LONGEST_LINE = 900
_LINE_END = re.compile(r"\r\n|\r|\n")


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
    *, sender: str, recipient_name: str, address: str, subject: str, text: str, message_id: str, at: datetime
) -> bytes:
    """Headers and body with CRLF line ends, before dot-stuffing. `sender` is a `mailbox`, `address` is ASCII."""
    encoding, body = encoded_body(text)
    head = "\r\n".join(
        (
            f"From: {sender}",
            f"To: {mailbox(recipient_name, address)}",
            f"Subject: {header(subject)}",
            f"Date: {format_datetime(at)}",
            f"Message-ID: {message_id}",
            # Keeps holiday notices and other robots from answering.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            'Content-Type: text/plain; charset="utf-8"',
            f"Content-Transfer-Encoding: {encoding}",
            "\r\n",
        )
    )
    return head.encode("ascii") + body


def encoded_body(text: str) -> tuple[str, bytes]:
    """The transfer encoding and the body in it: 7bit where the text allows it, else quoted-printable."""
    lines = _LINE_END.split(text.rstrip())
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
