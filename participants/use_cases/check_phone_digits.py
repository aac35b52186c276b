"""Whoever opened a personal link shows that it is theirs, by the last four digits of the own telephone."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from participants.models import Enrolment
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError

DIGITS = 4
TRIES = 5
# Each further pause is twice as long: all 10,000 combinations would take decades, and who mistypes waits only once.
PAUSE, LONGEST_PAUSE = timedelta(minutes=15), timedelta(days=1)


class DigitsRefused(InputError):
    """Not the right digits; `is_paused` while none are taken."""

    def __init__(self, sentence: str, *, is_paused: bool = False):
        super().__init__(sentence)
        self.is_paused = is_paused


def check_phone_digits(*, enrolment_id: int, digits: str, now: datetime) -> None:
    """`digits` are the four digits typed, as ASCII.

    Does: counts a wrong try in the enrolment's row, whichever process it comes to, and forgets them after a right one.
    Refuses (DigitsRefused): wrong digits; any at all during a pause, which every fifth wrong try begins; a head
    without a telephone.
    Tells: one audit line at the wave when a pause begins.
    """
    # The refusal is raised outside, or it would take the count back.
    if refusal := _checked(enrolment_id, digits, now):
        raise refusal


@transaction.atomic
def _checked(enrolment_id: int, digits: str, now: datetime) -> DigitsRefused | None:
    # Tries at the same time come one after the other.
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    enrolment = rows.select_related("head__rt", "wave__program__region").get(pk=enrolment_id)
    if enrolment.digits_again_at and now < enrolment.digits_again_at:
        return _paused(enrolment, now)
    phone = enrolment.head.phone
    if not phone:
        return DigitsRefused("Nomor HP Bapak/Ibu belum tercatat di kantor kami.")
    mine = Enrolment.objects.filter(pk=enrolment.pk)
    if constant_time_compare(phone[-DIGITS:], digits):
        if enrolment.wrong_digits:
            mine.update(wrong_digits=0, digits_again_at=None)
        return None
    enrolment.wrong_digits += 1
    left = -enrolment.wrong_digits % TRIES
    if not left:
        enrolment.digits_again_at = now + _pause_after(enrolment.wrong_digits)
        _record_pause(enrolment, now)
    mine.update(wrong_digits=enrolment.wrong_digits, digits_again_at=enrolment.digits_again_at)
    if left:
        return DigitsRefused(f"Empat angka itu tidak cocok. Bapak/Ibu masih dapat mencoba {left} kali lagi.")
    return _paused(enrolment, now)


def _pause_after(wrong: int) -> timedelta:
    """How long nothing is taken after so many wrong tries, a multiple of five: 15 minutes, 30, 60, … a day."""
    return min(PAUSE * 2 ** min(wrong // TRIES - 1, 10), LONGEST_PAUSE)


def _paused(enrolment: Enrolment, now: datetime) -> DigitsRefused:
    # Said in whole minutes, never too early.
    again = clock.soon_words(enrolment.digits_again_at + timedelta(minutes=1), enrolment.wave.zone, now=now)
    return DigitsRefused(
        f"Sudah beberapa kali tidak cocok. Coba lagi mulai pukul {again}, atau telepon kami.", is_paused=True
    )


def _record_pause(enrolment: Enrolment, now: datetime) -> None:
    head = enrolment.head
    record(
        at=now,
        actor=None,
        action="own_data.paused",
        sentence=(
            f"Data pribadi {head} ({head.rt}) dicoba dibuka dengan {enrolment.wrong_digits} kali salah empat angka "
            "nomor HP; untuk sementara ditutup."
        ),
        region_code=enrolment.village_id,
        subject=enrolment.wave.group,
        data={"enrolment": enrolment.pk},
    )
