"""The parts of the personal page that are the same for everybody in a wave.

They are rendered once for the values they show. Those values are read from the database for every visit, so a part is
never older than what it says; only the work of laying it out again is saved.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from participants.queries.invitation import agenda_of, wave_of
from participants.rules import needs_companion
from programs.models import Wave
from rtportal.lib import clock

# A few waves are being answered at a time, each in a handful of versions while it is edited.
_WAVES_REMEMBERED = 64


@dataclass(frozen=True)
class WaveParts:
    """`wave` is shared between requests: it is there to be read. `choices` are the empty forms."""

    wave: Wave
    zone: str
    deadline: str
    office: SafeString
    facts: SafeString
    choices: SafeString
    agenda: SafeString
    contact: SafeString


@lru_cache(maxsize=_WAVES_REMEMBERED)
def wave_parts(wave_row: tuple, agenda_rows: tuple[tuple, ...]) -> WaveParts:
    """From the values of `wave_rows`."""
    wave = wave_of(wave_row)
    zone = wave.zone
    is_one_day = wave.local_day == clock.local_date(wave.ends_at, zone)
    context = {
        "wave": wave,
        "zone": zone,
        "until": (clock.time_words if is_one_day else clock.moment_words)(wave.ends_at, zone),
        "program": wave.program,
        "office": wave.program.office,
        "agenda": agenda_of(wave, agenda_rows),
        "needs_companion": needs_companion(wave.program),
    }
    names = ("office", "facts", "choices", "agenda", "contact")
    parts = {name: render_to_string(f"participants/_invitation_{name}.html", context) for name in names}
    return WaveParts(wave=wave, zone=zone, deadline=clock.moment_words(wave.answer_deadline, zone), **parts)
