"""Steps that the use cases about moving share: locking in one order, refusing in one set of words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from participants.models import Attendance, Enrolment
from participants.moving import MoveRefused, SeatsRefused, free_seats, seat_limit
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands

# So many names are said in a refusal; the rest is a number.
_NAMED = 3


def locked_people(keys: Iterable[int]) -> list[Enrolment]:
    """The enrolments with head, RT and present wave, their rows locked; lock the waves first."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.select_related("head__rt", "wave").filter(pk__in=set(keys)).order_by("pk"))


def refuse_target(wave: Wave, program_id: int, now: datetime, *, may_be_draft: bool = False) -> None:
    """Refuse a wave that nobody can be put into; a draft only where nobody has to be told at once."""
    if wave.program_id != program_id:
        raise MoveRefused(f"{wave.title} termasuk program lain. Pilih gelombang dari program yang sama.")
    if wave.is_cancelled:
        raise MoveRefused(f"{wave.title} sudah dibatalkan. Pilih gelombang lain.")
    if wave.publication_id is None and not may_be_draft:
        raise MoveRefused(f"Jadwal {wave.title} belum diterbitkan. Terbitkan dahulu, supaya peserta dapat diberi tahu.")
    if now >= wave.starts_at:
        raise MoveRefused(f"{wave.title} sudah dimulai. Pilih gelombang yang akan datang.")


def refuse_settled(people: Sequence[Enrolment], now: datetime) -> None:
    """Refuse people who cannot leave their wave any more: they were there, go on elsewhere, or the wave is over."""
    keys = [one.pk for one in people]
    attended = Exists(Attendance.objects.filter(enrolment=OuterRef("pk")))
    present = set(Enrolment.objects.filter(attended, pk__in=keys).values_list("pk", flat=True))
    if there := [one for one in people if one.pk in present]:
        raise MoveRefused(f"{names_of(there)} sudah tercatat hadir, jadi tidak dapat dipindahkan.")
    if gone := [one for one in people if one.superseded_at]:
        raise MoveRefused(f"{names_of(gone)} sudah dilanjutkan ke gelombang susulan.")
    # A cancelled wave never took place: its people may go to another one even when its day is past.
    if late := [one for one in people if now >= one.wave.ends_at and not one.wave.is_cancelled]:
        raise MoveRefused(
            f"{late[0].wave.title} sudah selesai. Undang yang tidak hadir ke gelombang susulan dari halaman Kehadiran."
        )


def accept_seats(wave: Wave, more: int, accepted: int) -> None:
    """Refuse (SeatsRefused) if `more` seats are too many; what was accepted is kept with the wave, which is locked.

    Nobody comes on top where seats only change hands (`more` is 0 or less), however full it is.
    """
    limit = seat_limit(wave)
    needed = limit - free_seats(wave) + more
    if more <= 0 or needed <= limit:
        return
    if accepted < needed:
        raise SeatsRefused(wave, needed)
    wave.seats_acknowledged = needed
    wave.save(update_fields=["seats_acknowledged"])


def names_of(people: Sequence[Enrolment]) -> str:
    """`H. Ahmad Fauzi, Budi dan 3 orang lain`."""
    names = ", ".join(str(one.head) for one in people[:_NAMED])
    return names if len(people) <= _NAMED else f"{names} dan {thousands(len(people) - _NAMED)} orang lain"


def who(people: Sequence[Enrolment]) -> str:
    """One person by name and RT, several by number, for the audit."""
    return f"{people[0].head} ({people[0].head.rt})" if len(people) == 1 else f"{thousands(len(people))} ketua RT"


def record_move(
    waves: Iterable[Wave],
    people: Sequence[Enrolment],
    sentence: str,
    *,
    action: str = "participants.moved",
    actor: User | None,
    now: datetime,
) -> None:
    """One audit line in the history of each wave concerned."""
    for wave in waves:
        record(
            at=now,
            actor=actor,
            action=action,
            sentence=sentence,
            region_code=wave.program.region_id,
            subject=wave.group,
            data={"enrolments": [one.pk for one in people]},
        )
