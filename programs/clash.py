"""What a clash is: two things that do not go together, said in a sentence, with a way to mend it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

# In the order in which they are told.
HALL, SPEAKER, TRAVEL, ROOM, OUTSIDE, HOURS = "hall", "speaker", "travel", "room", "outside", "hours"
SEATS, HEADS, DAY, FRIDAY, RAMADAN = "seats", "heads", "day", "friday", "ramadan"
KINDS = {
    HALL: "Tempat terpakai",
    SPEAKER: "Narasumber di dua tempat",
    TRAVEL: "Waktu perjalanan narasumber",
    ROOM: "Ruang terpakai",
    OUTSIDE: "Di luar waktu gelombang",
    HOURS: "Di luar jam tempat",
    SEATS: "Kursi kurang",
    HEADS: "Ketua RT di dua gelombang",
    DAY: "Hari libur",
    FRIDAY: "Salat Jumat",
    RAMADAN: "Sore Ramadan",
}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Clash:
    """One clash of a wave.

    `key` stays the same as long as it is the very same clash, so an acknowledgement never covers another one. What
    `is_refused` cannot be published; the rest are warnings, which somebody must acknowledge. `session_ids` are the
    wave's own sessions concerned, `wave_ids` the other waves.
    """

    kind: str
    key: str
    sentence: str
    mend: str
    is_refused: bool = False
    session_ids: tuple[int, ...] = ()
    wave_ids: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class ClashCounts:
    """How many clashes a wave has."""

    refused: int = 0
    warnings: int = 0

    @property
    def total(self) -> int:
        return self.refused + self.warnings


def make_key(kind: str, *parts: object) -> str:
    """The same for the same parts: ids, instants, numbers. Short enough for a form field."""
    return f"{kind}-{sha256('|'.join(map(str, parts)).encode()).hexdigest()[:16]}"


def in_order(clashes: Iterable[Clash]) -> list[Clash]:
    """What is refused first, then by kind; otherwise as they come."""
    return sorted(clashes, key=lambda clash: (not clash.is_refused, _ORDER[clash.kind]))


def counts_of(clashes: Iterable[Clash]) -> ClashCounts:
    found = Counter(clash.is_refused for clash in clashes)
    return ClashCounts(refused=found[True], warnings=found[False])
