"""Steps that the use cases about substitutes share."""

from datetime import datetime

from participants.models import Enrolment
from participants.moving import locked_waves
from participants.rules import recording_closed
from participants.substitutes import REPRESENTED
from programs.models import Wave
from rtportal.lib.errors import InputError

_CHANGED = "Jawaban peserta ini sudah berubah sejak halaman ini dibuka. Periksa wakilnya, lalu putuskan lagi."


class SubstituteRefused(InputError):
    """Nothing can be decided about this substitute (any more)."""


def locked_substitute(pk: int, key: str, now: datetime) -> tuple[Enrolment, Wave]:
    """The participant whose substitute `key` was shown, with `head.rt.village`, and the wave; both locked, wave first.

    Raises SubstituteRefused: the wave is over or cancelled; the answer is another one by now.
    """
    wave_id = Enrolment.objects.values_list("wave", flat=True).get(pk=pk)
    wave = locked_waves([wave_id])[wave_id]
    rows = Enrolment.objects.active().filter(pk=pk, wave=wave, answer=REPRESENTED, substitute_key=key)
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("head__rt__village")
    enrolment = rows.first()
    if enrolment is None:
        raise SubstituteRefused(_CHANGED)
    if closed := recording_closed(wave, now):
        raise SubstituteRefused(closed)
    return enrolment, wave
