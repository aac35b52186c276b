"""The words in which apps declare what personal data they hold, and why: each in its `personal_data.py`.

`rtportal/privacy/register.py` gathers the declarations; a test refuses a model field that nobody declared.
"""

from dataclasses import dataclass
from enum import StrEnum


class Person(StrEnum):
    """Whose data it is."""

    HEAD = "Ketua RT"
    COMPANION = "Wakil dan pendamping ketua RT"
    GUEST = "Tamu tanpa undangan"
    SPEAKER = "Narasumber"
    COMMITTEE = "Panitia dan pejabat penanda tangan"
    OFFICIAL = "Petugas"


class Basis(StrEnum):
    """Why it may be processed (UU 27/2022)."""

    TASK = "Pasal 20 ayat (2) huruf e: pelaksanaan tugas untuk kepentingan umum dan pelayanan publik"
    LAW = "Pasal 20 ayat (2) huruf c: pemenuhan kewajiban hukum"


class Protection(StrEnum):
    """What guards it besides the rights of each role."""

    SCOPE = "hanya terbuka untuk petugas wilayahnya"
    MASKED = "disamarkan pada daftar dan ekspor biasa"
    SEALED = "disimpan tersandi, disamarkan"
    HASHED = "hanya sidik (hash) yang disimpan"


@dataclass(frozen=True)
class Held:
    """One field. `what` says it in people's words where the field's own name does not."""

    name: str
    what: str = ""
    protection: Protection = Protection.SCOPE
    # Of another kind of person than the record, or kept by another class.
    whose: Person | None = None
    retention: str = ""


@dataclass(frozen=True)
class Holding:
    """A model that holds personal data: which fields, of whom, what for, on what ground, from where, for whom.

    `retention` is the key of a retention class (`rtportal/privacy/retention.py`). `others` names the fields that tell
    nothing about a person; keys and references to other rows need not be named, the row they lead to is. `record` is
    what people call the model where its own name is not Indonesian.
    """

    model: str
    group: str
    whose: Person
    fields: tuple[Held, ...]
    purpose: str
    source: str
    recipients: str
    retention: str
    basis: Basis = Basis.TASK
    others: tuple[str, ...] = ()
    record: str = ""


@dataclass(frozen=True)
class NotPersonal:
    """A model without personal data besides who changed it, and why it has none."""

    model: str
    reason: str
