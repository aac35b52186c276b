"""Numbers of letters and certificates: `400.10/{urut}/DPMD/{bulan_romawi}/{tahun}`."""

from collections.abc import Mapping
from datetime import date

from programs.models import Wave
from rtportal.lib import clock
from rtportal.lib.wording import WordingError, check, fill

NUMBER_WORDS: Mapping[str, str] = {
    "urut": "nomor urut, tiga angka",
    "bulan": "bulan, dua angka",
    "bulan_romawi": "bulan dengan angka Romawi",
    "tahun": "tahun",
}
_DOTS = "……"
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def check_number(pattern: str, *, is_serial: bool) -> None:
    """Raises WordingError: an unknown word, a stray brace; `is_serial`: {urut} is missing, so all would be the same."""
    check(pattern, NUMBER_WORDS, required=("urut",) if is_serial else ())


def number_of(pattern: str, *, day: date | None, serial: int = 0) -> str:
    """The number as printed; without a `serial` {urut}, and without a `day` its month and year, are left as dots to be
    written by hand.

    A pattern is taken as it was checked when it was saved. Raises WordingError for one that was not.
    """
    values = {
        "urut": f"{serial:03d}" if serial else _DOTS,
        "bulan": f"{day.month:02d}" if day else _DOTS,
        "bulan_romawi": _ROMAN_MONTHS[day.month - 1] if day else _DOTS,
        "tahun": str(day.year) if day else _DOTS,
    }
    return fill(pattern, values)


def letter_day(wave: Wave) -> date | None:
    """The date of the wave's letters of invitation: the local day on which its invitations were opened."""
    opened_at = wave.invitations_opened_at
    return clock.local_date(opened_at, wave.zone) if opened_at else None


def letter_number(wave: Wave) -> str:
    """The number of the wave's letter of invitation, the same wherever it is read; needs `program.region`.

    A number from before there were words in braces is printed as it stands.
    """
    pattern = wave.program.letter_number
    try:
        return number_of(pattern, day=letter_day(wave))
    except WordingError:
        return pattern


def told_number(wave: Wave) -> str:
    """The same for messages and personal pages; "" while a part of it is still to be written by hand."""
    number = letter_number(wave)
    return "" if _DOTS in number else number
