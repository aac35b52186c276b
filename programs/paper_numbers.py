"""Numbers of letters and certificates: `400.10/{urut}/DPMD/{bulan_romawi}/{tahun}`."""

from collections.abc import Mapping
from datetime import date

from rtportal.lib.wording import check, fill

NUMBER_WORDS: Mapping[str, str] = {
    "urut": "nomor urut, tiga angka",
    "bulan": "bulan, dua angka",
    "bulan_romawi": "bulan dengan angka Romawi",
    "tahun": "tahun",
}
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def check_number(pattern: str, *, is_serial: bool) -> None:
    """Raises WordingError: an unknown word, a stray brace; `is_serial`: {urut} is missing, so all would be the same."""
    check(pattern, NUMBER_WORDS, required=("urut",) if is_serial else ())


def number_of(pattern: str, *, day: date, serial: int = 0) -> str:
    """The number as printed; without a `serial`, {urut} is left as dots to be written by hand.

    A pattern is taken as it was checked when it was saved. Raises WordingError for one that was not.
    """
    values = {
        "urut": f"{serial:03d}" if serial else "……",
        "bulan": f"{day.month:02d}",
        "bulan_romawi": _ROMAN_MONTHS[day.month - 1],
        "tahun": str(day.year),
    }
    return fill(pattern, values)
