"""What about a row is worth a look though it can be applied: a NIK that does not fit the rest of it."""

from datetime import date

from participants.roster_file import cells
from rtportal.lib.clock import short_date
from rtportal.lib.errors import InputError
from rtportal.regions.codes import REGENCY, cut

_WOMAN, _MAN = "P", "L"
_SEXES = {
    "l": _MAN,
    "lk": _MAN,
    "lakilaki": _MAN,
    "laki": _MAN,
    "pria": _MAN,
    "m": _MAN,
    "p": _WOMAN,
    "pr": _WOMAN,
    "perempuan": _WOMAN,
    "wanita": _WOMAN,
    "w": _WOMAN,
    "f": _WOMAN,
}


def nik_doubts(nik: str, born: object, sex: object, village: str) -> list[str]:
    """Where a valid NIK contradicts the cells for birth date and sex ("" where there are none) or the village's code.

    People keep their NIK when they move, and cards hold mistakes, so none of this keeps a row out. The sentences never
    repeat a digit of the NIK.
    """
    if not nik:
        return []
    doubts = []
    day = int(nik[6:8])
    is_woman = day > 40
    if cells.text(born):
        try:
            said = cells.day(born, "Tanggal lahir")
        except InputError as refused:
            doubts.append(refused.sentence)
        else:
            if (said.day, said.month, said.year % 100) != (
                day - 40 if day > 40 else day,
                int(nik[8:10]),
                int(nik[10:12]),
            ):
                doubts.append(f"Tanggal lahir ({short_date(said)}) tidak cocok dengan NIK-nya.")
    if typed := cells.text(sex):
        said = _SEXES.get("".join(c for c in typed.casefold() if c.isalpha()))
        if said is None:
            doubts.append(f"Jenis kelamin tidak terbaca: “{cells.beginning(typed, 30)}”.")
        elif said != (_WOMAN if is_woman else _MAN):
            doubts.append(f"Jenis kelamin ({cells.beginning(typed, 30)}) tidak cocok dengan NIK-nya.")
    if village and nik[:4] != cut(village, REGENCY).replace(".", ""):
        doubts.append("NIK diterbitkan di kabupaten/kota lain. Periksa bila orangnya bukan pendatang.")
    return doubts


def term_doubts(ends: date | None, starts: date | None, today: date | None) -> list[str]:
    """A term that is over or has not begun on the day of the check; nothing where no day is given."""
    if today and ends and ends < today:
        return [f"Masa bakti sudah berakhir ({short_date(ends)}). Periksa apakah ketuanya masih menjabat."]
    if today and starts and starts > today:
        return [f"Awal masa bakti belum tiba ({short_date(starts)}), tetapi orang ini langsung tercatat menjabat."]
    return []
