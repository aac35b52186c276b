"""Words in braces that texts about any programme know: what people call them, a usual value, the values themselves.

Names of values are Indonesian because admins type them into texts.
"""

from collections.abc import Mapping

from programs.models import Program
from rtportal.lib import phones

PROGRAM_WORDS: Mapping[str, str] = {
    "salam": "salam pembuka",
    "program": "nama program",
    "acara": "nama program, dengan nomor surat bila ada",
    "nomor_surat": "nomor surat undangan",
    "gelombang": "nama gelombang",
    "kantor": "nama kantor",
    "narahubung": "nama narahubung",
    "telepon_narahubung": "telepon narahubung",
}
PROGRAM_EXAMPLES: Mapping[str, str] = {
    "salam": "Assalamualaikum",
    "program": "Bimtek Ketua RT Kabupaten Tabalong 2026",
    "acara": "Bimtek Ketua RT Kabupaten Tabalong 2026 (surat nomor 400.10/123/DPMD/2026)",
    "nomor_surat": "400.10/123/DPMD/2026",
    "gelombang": "Gelombang 1",
    "kantor": "DPMD Kabupaten Tabalong",
    "narahubung": "Ibu Nor Hayati",
    "telepon_narahubung": "0526-2021234",
}


def scope_of_program(pk: int) -> str:
    """Whose own words hold: `Content.scope` and `Wording.scope` of a programme."""
    return f"program:{pk}"


def program_values(program: Program, letter: str = "") -> dict[str, str]:
    """The values of `PROGRAM_WORDS` but `gelombang`; `office` is loaded. `letter` is the letter's number as printed."""
    office = program.office
    return {
        "salam": office.greeting,
        "program": program.name,
        "acara": f"{program.name} (surat nomor {letter})" if letter else program.name,
        "nomor_surat": letter,
        "kantor": office.name,
        "narahubung": office.contact_name,
        "telepon_narahubung": phones.display(office.contact_phone),
    }
