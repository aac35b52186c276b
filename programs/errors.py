"""Refusals of the programmes' use cases: each carries the Indonesian sentence that the person reads."""

from dataclasses import dataclass
from datetime import datetime

from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands


@dataclass(frozen=True)
class Change:
    """One field as it was and as it is now, in the words of the form; `who` changed it last, at the instant `at`."""

    label: str
    before: str
    after: str
    who: str
    at: datetime


class Refusal(InputError):
    """The wish cannot be fulfilled. `field` names the input it hangs on, empty if it is about the whole."""

    def __init__(self, sentence: str, *, field: str = ""):
        super().__init__(sentence)
        self.field = field


class StaleEdit(Refusal):
    """Somebody else saved in between. `changes` is what they changed, `version` the one to save on top of."""

    def __init__(self, *, version: int, changes: list[Change]):
        super().__init__("Data ini diubah petugas lain saat Anda mengisi formulir. Isian Anda belum disimpan.")
        self.version = version
        self.changes = changes


class SeatsShort(Refusal):
    """The venue has fewer seats than the wave needs, and nobody has accepted this number yet."""

    def __init__(self, *, needed: int, capacity: int):
        super().__init__(
            f"Diperlukan {thousands(needed)} kursi, tetapi kapasitas tempat {thousands(capacity)} kursi: "
            f"kurang {thousands(needed - capacity)} kursi. Kurangi wilayah, pilih tempat lain, "
            "atau setujui kekurangan ini.",
            field="accepted_seats",
        )
        self.needed = needed
        self.capacity = capacity


@dataclass(frozen=True)
class RosterChange:
    """Heads of one area as a plan counted them and as they are now; None where the area was or is no part of it."""

    name: str
    before: int | None
    after: int | None


class RosterChanged(Refusal):
    """The roster is not the one that a plan was made with; `changes` says where."""

    def __init__(self, changes: list[RosterChange]):
        super().__init__(
            "Daftar ketua RT berubah sejak rencana ini dihitung. Tekan “Hitung ulang” untuk membagi dengan jumlah yang "
            "sekarang."
        )
        self.changes = changes
