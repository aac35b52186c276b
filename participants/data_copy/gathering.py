"""One person's data as one document: field by field as the register declares them, for reading and for machines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from participants.data_copy.history import HistoryLine, history_of
from participants.data_copy.portions import ELSEWHERE, PORTIONS, Portion
from participants.data_copy.spans import Subject, subject_of
from participants.models import RTHead
from participants.nik_store import masked
from rtportal.accounts.row_guard import beyond_scope
from rtportal.lib import clock, phones
from rtportal.lib.personal_data import Held, Holding, Protection
from rtportal.lib.redaction import redact
from rtportal.messaging.channels import label_of as channel_label
from rtportal.messaging.kinds import kind_labels
from rtportal.privacy.queries.retention import months_in
from rtportal.privacy.register import holding_of, label_of
from rtportal.privacy.retention import retention_label
from rtportal.regions.codes import REGENCY, cut
from rtportal.regions.models import Region

# Machines that read the JSON look here first; a new key is no new format, another meaning is.
FORMAT = "portal-rt/salinan-data/1"
KEPT_HASHED = "tersimpan sebagai sidik yang tidak dapat dibaca kembali"
_CHANNELS = {"channel", "preferred_channel"}
# Longer than a short code: the pass itself, which opens the personal page.
_LONGEST_CODE = 8


@dataclass(frozen=True)
class Fact:
    """One field of one row: its stable name, what people call it, its value for machines and in words ("" for none)."""

    name: str
    label: str
    value: object
    words: str


@dataclass(frozen=True)
class Entry:
    about: str
    facts: list[Fact]


@dataclass(frozen=True)
class Section:
    """The rows of one model; `purpose` and `retention` as the register says them."""

    key: str
    title: str
    purpose: str
    retention: str
    entries: list[Entry]


@dataclass(frozen=True)
class DataCopy:
    head: RTHead
    made_at: datetime
    zone: str
    sections: list[Section]
    history: list[HistoryLine]


def copy_of(head: RTHead, *, now: datetime) -> DataCopy:
    """Everything about this person, whom the caller may see. The number of queries does not grow with the rows."""
    # The office's own lines, and terms in another village, lie out of the reach of an operator of a village.
    with beyond_scope("all of it is about one person, who has a right to all of it"):
        return _gathered(head, now)


def _gathered(head: RTHead, now: datetime) -> DataCopy:
    who = subject_of(head)
    newest = who.heads[-1]
    zone = newest.rt.village.time_zone
    kinds = kind_labels()
    regency = Region.objects.get(pk=cut(newest.rt.village_id, REGENCY))
    months = months_in(regency)
    sections = [_section(portion, who, zone, kinds, months) for portion in PORTIONS]
    return DataCopy(newest, now, zone, sections, history_of(who))


def as_json(copy: DataCopy) -> str:
    """The document for machines: a list of rows under the key of each portion, each row with every declared field."""
    document = {
        "format": FORMAT,
        "made_at": copy.made_at.isoformat(),
        "law": "UU 27/2022, Pasal 7 dan Pasal 32",
        **{
            one.key: [
                {"about": entry.about, **{fact.name: fact.value for fact in entry.facts}} for entry in one.entries
            ]
            for one in copy.sections
        },
        "history": [{"at": line.at.isoformat(), "who": line.who, "what": line.what} for line in copy.history],
        "not_included": ELSEWHERE,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _section(portion: Portion, who: Subject, zone: str, kinds: dict[str, str], months: dict[str, int]) -> Section:
    holding = holding_of(portion.model)
    entries = [Entry(portion.about(row), list(_facts(row, holding, zone, kinds))) for row in portion.rows(who)]
    return Section(portion.key, portion.title, holding.purpose, retention_label(holding.retention, months), entries)


def _facts(row: Model, holding: Holding, zone: str, kinds: dict[str, str]) -> Iterator[Fact]:
    for held in holding.fields:
        value = _value(row, held)
        yield Fact(held.name, label_of(holding, held), _plain(value), _words(row, held.name, value, zone, kinds))


def _value(row: Model, held: Held) -> object:
    """What may leave the portal: nobody else's number in full, no NIK, no hash."""
    value = getattr(row, held.name)
    if not value:
        return value
    if held.protection == Protection.SEALED:
        return masked(value)
    if held.protection == Protection.HASHED:
        return KEPT_HASHED
    if held.name == "substitute_phone":
        return phones.masked(value)
    if held.name == "substitute_key":
        return KEPT_HASHED
    if held.name == "code" and len(value) > _LONGEST_CODE:
        return "pas dipindai"
    if held.name == "body":
        return redact(value)
    return value


def _plain(value: object) -> object:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _words(row: Model, name: str, value: object, zone: str, kinds: dict[str, str]) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return clock.moment_words(value, zone)
    if isinstance(value, date):
        return clock.date_words(value)
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    if name in _CHANNELS:
        return channel_label(str(value))
    if name == "kind":
        return kinds.get(str(value), str(value))
    if name in {"phone", "address"} and str(value).startswith("+"):
        return phones.display(str(value))
    return _listed(value) if isinstance(value, dict | list) else str(value)


def _listed(value: dict | list) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{_NAMES.get(key, key)}: {part or 'kosong'}" for key, part in value.items())
    return "; ".join(", ".join(map(str, part)) if isinstance(part, list) else str(part) for part in value)


_NAMES = {"name": "nama", "phone": "nomor HP", "email": "e-mail"}
