"""What a desk uploads, read from its JSON: nothing in it is believed, and one bad entry holds back no other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rtportal.lib import links
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.lib.short_codes import ShortCodeError, read_code

MOST_EVENTS = 500
KINDS = frozenset({"in", "out", "undo", "walk_in"})

_HASH = re.compile(r"[0-9a-f]{16}")
# Somebody's desk sends the link itself, a person's or a desk's: its token must not lie in the log.
_TOKEN = re.compile(r"(?:.*/u/|.*/pintu/?#)?([A-Za-z0-9_-]{27})(?:[/?#].*)?", re.DOTALL)
_LARGEST = 2**31 - 1
_MOST_COMPANIONS = 20
# Beyond these no clock runs by mistake, and some dates cannot be shown in another zone.
_YEARS = range(1970, 2200)
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class MalformedUpload(InputError):
    """The body is not an upload at all."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One entry. `code` is a short code without its dash, or whatever else was scanned; `hash` the first 16 hex digits
    of a personal link's hash; `person` and `session` are keys as the desk knows them. `at` is the desk's clock put
    right. With a `fault`, a sentence, nothing but the uid is true.
    """

    uid: UUID
    kind: str = ""
    session: int = 0
    at: datetime = _NO_TIME
    device_at: datetime = _NO_TIME
    seq: int = 0
    code: str = ""
    hash: str = ""
    person: int | None = None
    companions: int = 0
    undoes: UUID | None = None
    name: str = ""
    unit: str = ""
    place: str = ""
    shown: str = ""
    is_offline: bool = True
    fault: str = ""


def read_upload(body: Any) -> list[Scan]:
    """The entries of an upload's parsed JSON, in its order and each uid once.

    Raises MalformedUpload where it is not a list of at most MOST_EVENTS entries with a uid each.
    """
    events = body.get("events") if isinstance(body, dict) else None
    if not isinstance(events, list):
        raise MalformedUpload("Kiriman ini tidak dapat dibaca. Muat ulang halaman pintu, lalu kirim lagi.")
    if len(events) > MOST_EVENTS:
        raise MalformedUpload(f"Satu kiriman memuat paling banyak {MOST_EVENTS} catatan.")
    scans: dict[UUID, Scan] = {}
    for event in events:
        uid = _uuid(event.get("uid")) if isinstance(event, dict) else None
        if uid is None:
            raise MalformedUpload("Kiriman ini memuat catatan tanpa nomor. Muat ulang halaman pintu, lalu kirim lagi.")
        scans.setdefault(uid, _scan(uid, event))
    return list(scans.values())


def _scan(uid: UUID, event: Mapping[str, Any]) -> Scan:
    try:
        return _read(uid, event)
    except _Fault as fault:
        return Scan(uid, fault=fault.sentence)


class _Fault(InputError):
    """An entry that cannot be recorded."""


def _read(uid: UUID, event: Mapping[str, Any]) -> Scan:
    kind = event.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise _Fault("Jenis catatan ini tidak dikenal.")
    device_at, at = _instants(event)
    undoes = _uuid(event.get("undoes"))
    if kind == "undo" and undoes is None:
        raise _Fault("Catatan yang dibatalkan tidak disebutkan.")
    code, hash_ = _code(_text(event, "code", 200), _text(event, "hash", 64).lower())
    name = _text(event, "name", 120)
    if kind == "walk_in" and not name:
        raise _Fault("Nama tamu belum diisi.")
    return Scan(
        uid=uid,
        kind=kind,
        session=_number(event, "session"),
        at=at,
        device_at=device_at,
        seq=_number(event, "seq"),
        code=code,
        hash=hash_,
        person=_number(event, "person") or None,
        companions=_number(event, "companions", _MOST_COMPANIONS),
        undoes=undoes if kind == "undo" else None,
        name=name,
        unit=_text(event, "unit", 40),
        place=_text(event, "place", 80),
        shown=_text(event, "shown", 16),
        is_offline=event.get("offline") is not False,
    )


def _instants(event: Mapping[str, Any]) -> tuple[datetime, datetime]:
    try:
        device_at = _instant(event["device_at"])
        at = device_at + timedelta(milliseconds=_skew(event))
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _Fault("Waktu catatan ini tidak dapat dibaca.") from None
    if device_at.year not in _YEARS or at.year not in _YEARS:
        raise _Fault("Jam perangkat ini salah. Perbaiki tanggal dan jamnya, lalu catat lagi.")
    return device_at, at


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant has a zone")
    return instant.astimezone(UTC)


def _skew(event: Mapping[str, Any]) -> int:
    skew = event.get("skew_ms", 0)
    if type(skew) is not int:
        raise ValueError("skew_ms")
    return skew


def _code(code: str, hash_: str) -> tuple[str, str]:
    """What was scanned as a short code or a hash; whatever else it is stays as it is, cut to what the log holds."""
    if hash_ and _HASH.fullmatch(hash_):
        return "", hash_
    if (token := _TOKEN.fullmatch(code)) and links.looks_like_token(token[1]):
        return "", links.hash_token(token[1])[:16]
    try:
        return read_code(code), ""
    except ShortCodeError:
        return code[:64], ""


def _text(event: Mapping[str, Any], name: str, longest: int) -> str:
    value = event.get(name)
    return " ".join(storable(value[: 4 * longest]).split())[:longest] if isinstance(value, str) else ""


def _number(event: Mapping[str, Any], name: str, most: int = _LARGEST) -> int:
    value = event.get(name)
    if value is None:
        return 0
    if type(value) is not int or not 0 <= value <= most:
        raise _Fault("Catatan ini memuat angka yang tidak masuk akal.")
    return value


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) <= 45 else None
    except ValueError:
        return None
