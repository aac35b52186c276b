"""Walking the whole chain: is every line what it was when it was sealed, and in its place?"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rtportal.audit.chain import NOTHING, Content, contents, is_sealed
from rtportal.audit.models import AuditEvent, AuditSeal
from rtportal.lib.numbers import thousands

_AT_ONCE = 2_000
# No transaction lasts so long: a line whose number is below one that was sealed this much earlier was put in later.
LONGEST_WRITING = timedelta(hours=1)
# A line that was sealed so long after its own time tells of something past, as those of the demo do.
LATE = timedelta(days=1)
# How many faults are told one by one.
MOST_TOLD = 50


@dataclass(frozen=True)
class Head:
    """A place in the chain and its seal, such as somebody noted down elsewhere."""

    position: int
    chain_hash: str


@dataclass
class Report:
    """What a walk found; `faults` are the first sentences of `fault_count`."""

    head: Head = field(default_factory=lambda: Head(0, NOTHING))
    sealed_count: int = 0
    unsealed_count: int = 0
    late_count: int = 0
    fault_count: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.fault_count

    def blame(self, sentence: str, *, is_first: bool = False) -> None:
        """With `is_first` it stands before all others and is told however many there are."""
        self.fault_count += 1
        self.faults.insert(0 if is_first else len(self.faults), sentence)
        del self.faults[MOST_TOLD:]


class _Settled:
    """The largest number among the lines that were sealed LONGEST_WRITING or more before an instant."""

    def __init__(self, after: Head | None) -> None:
        # Numbers and places go nearly alike, so the largest is near.
        near = AuditSeal.objects.filter(position__lte=after.position).order_by("-position") if after else ()
        self.number = max((seal.event_id for seal in near[:_AT_ONCE]), default=0)
        # One pair for each sweep of the last hour, not for each line.
        self._young: deque[tuple[datetime, int]] = deque()

    def add(self, sealed_at: datetime, number: int) -> None:
        if self._young and self._young[-1][0] == sealed_at:
            number = max(number, self._young.pop()[1])
        self._young.append((sealed_at, number))

    def at(self, instant: datetime) -> int:
        while self._young and self._young[0][0] <= instant - LONGEST_WRITING:
            self.number = max(self.number, self._young.popleft()[1])
        return self.number


def walk_chain(*, now: datetime, noted: Iterable[Head] = (), after: Head | None = None) -> Report:
    """`noted` are heads of earlier walks: whoever cuts off the end of the chain cannot cut it off there too.

    Begins behind `after`, a head that an earlier walk found whole; else at the first seal. Reads in batches: memory
    does not grow with the history.
    """
    report, settled = Report(after or Head(0, NOTHING)), _Settled(after)
    expected: dict[int, set[str]] = {}
    for head in noted:
        if head.position > report.head.position:
            expected.setdefault(head.position, set()).add(head.chain_hash)
    previous: str | None = report.head.chain_hash
    for seal, content in _links(report.head.position):
        if seal.position != report.head.position + 1:
            report.blame(_gap(report.head.position + 1, seal.position - 1))
            # What stood before this one is gone, so nobody can tell whether it is whole.
            previous = None
        where = f"Segel ke-{thousands(seal.position)}"
        if content is None:
            report.blame(f"{where}: catatan nomor {seal.event_id} sudah tidak ada; ia dihapus.")
        else:
            marks = {"position": seal.position, "sealed_at": seal.sealed_at, "chain_hash": seal.chain_hash}
            if previous is not None and not is_sealed(content, previous=previous, **marks):
                report.blame(
                    f"{where}: catatan nomor {seal.event_id} tidak sama dengan saat disegel; isinya, urutannya, atau "
                    "segelnya diubah."
                )
            if seal.event_id < settled.at(seal.sealed_at):
                report.blame(f"{where}: catatan nomor {seal.event_id} disisipkan di belakang catatan yang lebih lama.")
            report.late_count += seal.sealed_at - content.at > LATE
        if expected.pop(seal.position, set()) - {seal.chain_hash}:
            report.blame(f"{where} tidak sama dengan yang pernah dicatat: rantai ditulis ulang.")
        settled.add(seal.sealed_at, seal.event_id)
        report.head = Head(seal.position, seal.chain_hash)
        previous = seal.chain_hash
    end = thousands(report.head.position)
    for position in sorted(position for position in expected if position > report.head.position):
        report.blame(f"Segel ke-{thousands(position)} pernah dicatat, tetapi rantai berakhir pada {end}: ia dipotong.")
    report.sealed_count = AuditSeal.objects.count()
    _look_at_unsealed(report, settled.at(now))
    return report


def _gap(first: int, last: int) -> str:
    if first > last:
        return f"Segel ke-{thousands(last + 1)} ada dua kali."
    places = f"ke-{thousands(first)}" if first == last else f"ke-{thousands(first)} sampai {thousands(last)}"
    return f"Segel {places} tidak ada: catatannya dihapus, atau segelnya dibuang."


def _look_at_unsealed(report: Report, settled: int) -> None:
    unsealed = AuditEvent.objects.filter(seal=None)
    report.unsealed_count = unsealed.count()
    for key in unsealed.filter(pk__lt=settled).order_by("pk").values_list("pk", flat=True)[:MOST_TOLD]:
        report.blame(f"Catatan nomor {key} belum disegel, padahal catatan sesudahnya sudah lama: ia disisipkan.")


def _links(position: int) -> Iterator[tuple[AuditSeal, Content | None]]:
    """Every seal above that position, in its place, with what it seals; None where that is gone."""
    while batch := list(AuditSeal.objects.filter(position__gt=position).order_by("position")[:_AT_ONCE]):
        found = contents([seal.event_id for seal in batch])
        for seal in batch:
            yield seal, found.get(seal.event_id)
        position = batch[-1].position
