"""Numbering the rows of a wave's printed attendance sheets."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from participants.models import Enrolment, PaperSheet
from participants.moving import locked_waves
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


@transaction.atomic
def number_rows(*, session: TrainingSession, actor: User, now: datetime) -> PaperSheet:
    """Give everybody of the session's wave a row number and return the session's sheet, ready to be printed.

    Does: numbers once, in the order of village, RW, RT and name; whoever comes later gets the next numbers, and a
    number that was printed is never given to somebody else. The sheet holds the numbers up to its `last_row`.
    Refuses (InputError): a break, a session that is gone, a cancelled wave, a wave without participants.
    Tells: one audit line at the wave, if somebody got a number.
    """
    # Whoever enrols or moves somebody holds the wave as well, and of two who number at once the second waits here.
    wave = locked_waves([session.wave_id])[session.wave_id]
    if not TrainingSession.objects.filter(pk=session.pk).exists():
        raise InputError("Sesi ini baru saja dihapus dari agenda. Daftar hadirnya tidak dibuat.")
    if wave.is_cancelled:
        raise InputError("Gelombang ini dibatalkan, jadi daftar hadirnya tidak dibuat.")
    if not session.takes_attendance:
        raise InputError("Kehadiran tidak dicatat pada waktu istirahat, jadi tidak ada daftar hadirnya.")
    last = _last_number(wave)
    fresh = _number(wave, last)
    if not last + fresh:
        raise InputError("Belum ada peserta. Ketua RT menjadi peserta ketika undangan dibuka.")
    sheet, _ = PaperSheet.objects.update_or_create(session=session, defaults={"last_row": last + fresh})
    if fresh:
        record(
            at=now,
            actor=actor,
            action="rows.numbered",
            sentence=f"Memberi nomor baris daftar hadir kepada {thousands(fresh)} peserta.",
            region_code=wave.program.region_id,
            subject=wave.group,
            data={"first": last + 1, "last": last + fresh},
        )
    return sheet


def _last_number(wave: Wave) -> int:
    """The highest number that ever stood on a sheet of the wave, though its person may have moved away since."""
    given = Enrolment.objects.filter(wave=wave).aggregate(last=Max("row_number"))["last"]
    printed = PaperSheet.objects.filter(session__wave=wave).aggregate(last=Max("last_row"))["last"]
    return max(given or 0, printed or 0)


def _number(wave: Wave, last: int) -> int:
    """Number those who have no number yet, from `last` on; how many they are."""
    unnumbered = Enrolment.objects.filter(wave=wave, row_number=None)
    # In the order of their keys, as everybody locks several people.
    list(unnumbered.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    fresh = list(
        unnumbered.order_by("village_id", "head__rt__rw", "head__rt__number", "head__name", "pk").only("pk", "wave_id")
    )
    for number, person in enumerate(fresh, start=last + 1):
        person.row_number = number
    Enrolment.objects.bulk_update(fresh, ["row_number"], batch_size=500)
    return len(fresh)
