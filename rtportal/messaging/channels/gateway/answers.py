"""What an answer of the provider means: taken, refused, or nobody knows.

The rule is to believe only what is said. An answer that says neither yes nor no leaves the message *unknown*: the
provider may have taken it, and a second one to the same person is worse than a question to a human.
"""

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Receipt, Refusal
from rtportal.messaging.channels.gateway.description import Description
from rtportal.messaging.models import Message

# Providers say in English or Indonesian words why they do not take a message; the first list is asked first.
_CHANNEL_WORDS = (
    *("token", "quota", "kuota", "saldo", "balance", "credit", "device", "disconnect", "expired", "authori", "limit"),
    *("inactive", "suspend", "maintenance"),
)
_ADDRESS_WORDS = ("target", "number", "nomor", "recipient", "phone", "msisdn", "destination", "tujuan")
# A server that asks for more than this is not worth waiting for.
LONGEST_PAUSE = timedelta(hours=6)


class UnclearAnswer(Exception):
    """The provider may or may not have taken the message."""


def read_answer(
    description: Description, *, status: int, body: bytes, retry_after: str, our_reference: str, now: datetime
) -> Receipt:
    """The receipt of a message that was taken.

    Raises PermanentRefusal for this message, ChannelUnavailable where nothing is taken at the moment, UnclearAnswer
    where the answer does not say.
    """
    answer = _parsed(body)
    said = str(_at(answer, description.success[0], missing="")).casefold()
    if status < 300 and said == description.success[1]:
        return Receipt(reference=_id(answer, description) or our_reference, detail=f"{status} {said}")
    reason = _one_line(_at(answer, description.reason_path, missing=""))
    # Whatever the status says: an answer in the provider's own form that denies success was thought about.
    if said and said != description.success[1] and status != 429:
        raise _refusal(reason or f"jawaban {status}")
    if status == 429 or status == 503:
        until = _until(retry_after, now)
        raise ChannelUnavailable(f"Penyedia minta menunggu ({status}). {reason}".strip(), until=until)
    if status in (401, 403):
        raise ChannelUnavailable(f"Penyedia menolak token ({status}). {reason}".strip())
    if 300 <= status < 400 or status in (404, 405, 408):
        raise ChannelUnavailable(f"Alamat penyedia (GATEWAY_URL) tidak melayani pengiriman: jawaban {status}.")
    if 400 <= status < 500:
        raise _refusal(reason or f"jawaban {status}")
    raise UnclearAnswer(f"Jawaban penyedia tidak jelas: {status} {_one_line(body[:200].decode(errors='replace'))}")


def _refusal(reason: str) -> Refusal:
    words = reason.casefold()
    if any(word in words for word in _CHANNEL_WORDS):
        return ChannelUnavailable(f"Penyedia tidak melayani pengiriman: {reason}")
    is_address = any(word in words for word in _ADDRESS_WORDS)
    failure = Message.Failure.ADDRESS if is_address else Message.Failure.REFUSED
    return PermanentRefusal(f"Ditolak oleh penyedia: {reason}", failure=failure)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _at(value: Any, path: str, *, missing: Any) -> Any:
    """What stands at a path such as `data.0.id`; JSON's true, false and null by those names."""
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step, missing)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return missing
    return json.dumps(value) if value is None or isinstance(value, bool) else value


def _id(answer: Any, description: Description) -> str:
    """Some name one id, some a list of them."""
    value = _at(answer, description.id_path, missing="")
    if isinstance(value, list):
        value = value[0] if value else ""
    return _one_line(value)[:200] if isinstance(value, str | int) else ""


def _until(retry_after: str, now: datetime) -> datetime | None:
    """Seconds or a date, as HTTP allows; None for neither."""
    if retry_after.isdecimal() and len(retry_after) < 10:
        return now + min(timedelta(seconds=int(retry_after)), LONGEST_PAUSE)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return min(at, now + LONGEST_PAUSE) if at.tzinfo else None


def _one_line(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:300]
