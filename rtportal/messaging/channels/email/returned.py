"""Mail that comes back: delivery reports of mail servers (RFC 3464) and what people answer by mail.

Whatever arrives in a mailbox was written by anybody. Nothing here raises, and what is not understood is nothing.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr

from rtportal.messaging.references import is_ours

logger = logging.getLogger("rtportal.messaging")

_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
# Where the words of the mail that is answered begin.
_QUOTED = re.compile(r"^(>|On .+ wrote:|Pada .+ menulis:|-{2,} ?(Original|Pesan)|From: |Dari: )", re.MULTILINE)
LONGEST_DETAIL, LONGEST_TEXT = 300, 4000


@dataclass(frozen=True, slots=True)
class Returned:
    """One recipient of one mail of ours that a server could not deliver, for good. `message_id` is ours.

    `is_address` says that the address is to blame (5.1.x): no such mailbox, no such domain.
    """

    message_id: str
    status: str
    detail: str

    @property
    def is_address(self) -> bool:
        return self.status.startswith("5.1.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody wrote; `context_reference` is the Message-ID of ours that it answers, "" if none is named."""

    external_id: str
    address: str
    name: str
    text: str
    context_reference: str


def read_mail(data: bytes) -> list[Returned | Answered]:
    """What one mail tells: mail of ours that was not delivered, or an answer of somebody.

    A delay (`Action: delayed`, 4.x.x) is nothing yet: the server still tries, and writes again should it give up.
    Answers of robots (holiday notices, lists) are nothing either.
    """
    try:
        mail = message_from_bytes(data)
        if _parameter(mail, "report-type") == "delivery-status" or _part(mail, "message/delivery-status"):
            return list(_returned(mail))
        answer = None if _is_robot(mail) else _answered(mail)
    except Exception:
        # The standard library's reader meets mail that it was not written for, and the next mail waits behind it.
        logger.warning("a mail cannot be read", exc_info=True)
        return []
    return [answer] if answer else []


def _returned(mail: Mail) -> Iterator[Returned]:
    message_id = _our_id_in(mail)
    report = _part(mail, "message/delivery-status")
    blocks = report.get_payload() if report else []
    for block in blocks if message_id and isinstance(blocks, list) else []:
        action = _line(block, "Action").casefold()
        found = _STATUS.search(_line(block, "Status"))
        status = found[0] if found else ""
        # What counts is that the server has given up, even over a reason that was temporary each time (4.4.7).
        if action == "failed" or (not action and status.startswith("5")):
            said = _line(block, "Diagnostic-Code").partition(";")[2] or _line(block, "Diagnostic-Code")
            yield Returned(message_id, status or "5.0.0", _one_line(said)[:LONGEST_DETAIL])


def _our_id_in(mail: Mail) -> str:
    """The Message-ID of the mail that came back: in its copy, or in the copy of its headers."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            candidate = _line(part.get_payload(0), "Message-ID")
        elif part.get_content_type() == "text/rfc822-headers":
            candidate = _line(message_from_bytes(part.get_payload(decode=True) or b""), "Message-ID")
        else:
            continue
        if is_ours(candidate):
            return candidate
    return ""


def _answered(mail: Mail) -> Answered | None:
    name, address = parseaddr(_line(mail, "From"))
    text = _own_words(mail)
    if "@" not in address or not text:
        return None
    quoted = re.findall(r"<[^<>\s]+>", f"{_line(mail, 'In-Reply-To')} {_line(mail, 'References')}")
    context = next((each for each in quoted if is_ours(each)), "")
    return Answered(_line(mail, "Message-ID"), address.lower(), _one_line(name)[:200], text[:LONGEST_TEXT], context)


def _is_robot(mail: Mail) -> bool:
    return (
        _line(mail, "Auto-Submitted").casefold() not in {"", "no"}
        or _line(mail, "Precedence").casefold() in {"bulk", "junk", "list", "auto_reply"}
        or _line(mail, "Return-Path") == "<>"
        or bool(_line(mail, "List-Id") or _line(mail, "X-Autoreply"))
    )


def _own_words(mail: Mail) -> str:
    """The plain text without what it quotes."""
    part = _part(mail, "text/plain")
    if part is None:
        return ""
    data = part.get_payload(decode=True) or b""
    text = data.decode(_charset(part), "replace").replace("\r\n", "\n").replace("\0", "")
    quoted = _QUOTED.search(text)
    return (text[: quoted.start()] if quoted else text).strip()


def _charset(part: Mail) -> str:
    charset = part.get_content_charset() or "utf-8"
    try:
        b"".decode(charset)
    except (LookupError, ValueError):
        return "latin-1"
    return charset


def _part(mail: Mail, kind: str) -> Mail | None:
    return next((part for part in mail.walk() if part.get_content_type() == kind), None)


def _parameter(mail: Mail, name: str) -> str:
    value = mail.get_param(name, "")
    return value.casefold() if isinstance(value, str) else ""


def _line(mail: Mail, name: str) -> str:
    """A header as one line of readable text, "" without it."""
    value = mail.get(name)
    if value is None:
        return ""
    try:
        return _one_line(str(make_header(decode_header(str(value)))))
    except (ValueError, LookupError):
        return _one_line(str(value))


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
