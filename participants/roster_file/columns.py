"""The columns a roster may have, by which headings they are known, and which of them it cannot do without."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rtportal.lib.errors import InputError
from rtportal.lib.names import fold
from rtportal.lib.sheet_headers import BELOW

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


class Column(NamedTuple):
    """A column the import knows: its key in the code, the heading of the template, other headings in use."""

    key: str
    heading: str
    others: tuple[str, ...] = ()


COLUMNS = (
    Column("name", "Nama", ("nama lengkap", "nama ketua RT", "nama ketua", "ketua RT", "nama lengkap ketua RT",
                            "nama dan gelar", "nama lengkap dan gelar")),
    Column("front", "Gelar depan", ("titel depan",)),
    Column("back", "Gelar belakang", ("titel belakang",)),
    Column("number", "RT", ("no RT", "nomor RT", "RT no", "RT nomor")),
    Column("rw", "RW", ("no RW", "nomor RW", "RW no", "RW nomor")),
    Column("village", "Kelurahan/Desa", ("kelurahan", "desa", "desa/kelurahan", "kel/desa", "desa/kel", "kel", "ds",
                                         "nama desa", "nama kelurahan", "nama kelurahan/desa", "nama desa/kelurahan",
                                         "kelurahan atau desa", "nagari", "gampong", "kampung", "pekon")),
    Column("district", "Kecamatan", ("kec", "nama kecamatan")),
    Column("code", "Kode wilayah", ("kode desa", "kode kelurahan", "kode kelurahan/desa", "kode desa/kelurahan",
                                    "kode kemendagri", "kode wilayah kemendagri", "kode kel/desa")),
    Column("phone", "Nomor HP", ("no HP", "HP", "nomor HP/WA", "no HP/WA", "no WA", "nomor WA", "WA", "whatsapp",
                                 "no whatsapp", "nomor whatsapp", "telepon", "no telepon", "nomor telepon", "telp",
                                 "no telp", "telepon/HP", "no telp/HP", "no HP/telp", "ponsel", "nomor ponsel",
                                 "handphone", "no handphone", "nomor handphone", "kontak")),
    Column("email", "E-mail", ("surel", "alamat e-mail", "alamat surel", "surat elektronik")),
    Column("nik", "NIK", ("no NIK", "nomor NIK", "no KTP", "nomor KTP", "nomor induk kependudukan")),
    # Only compared with the NIK, never stored.
    Column("born", "Tanggal lahir", ("tgl lahir", "lahir", "tanggal kelahiran")),
    Column("sex", "Jenis kelamin", ("JK", "L/P", "kelamin", "sex", "gender", "P/L")),
    Column("starts", "Awal masa bakti", ("mulai masa bakti", "masa bakti mulai", "masa bakti awal", "awal jabatan",
                                         "awal masa jabatan", "mulai menjabat", "tanggal mulai", "tgl mulai",
                                         "tanggal awal masa bakti", "tanggal mulai menjabat", "TMT")),
    Column("ends", "Akhir masa bakti", ("selesai masa bakti", "masa bakti selesai", "masa bakti akhir",
                                        "akhir jabatan", "akhir masa jabatan", "selesai menjabat", "berakhir",
                                        "tanggal akhir masa bakti", "tanggal selesai", "tgl selesai")),
    Column("status", "Status", ("status jabatan", "status ketua RT")),
)  # fmt: skip
# Two numbers in one cell, "005/002": a column that the template does not have but many rosters do.
COMBINED = (
    Column("unit", "RT/RW", ("RT RW", "no RT/RW", "nomor RT/RW", "RT dan RW", "RT & RW", "RT-RW")),
    Column("unit_rw_first", "RW/RT", ("RW RT", "no RW/RT", "nomor RW/RT", "RW dan RT")),
)  # fmt: skip
HEADINGS = {column.key: column.heading for column in COLUMNS}
# What an official may choose from.
CHOICES = HEADINGS | {column.key: column.heading for column in COMBINED}


def squeezed(heading: str) -> str:
    """A heading for comparing: without what stands in brackets, spaces and points."""
    return fold(_IN_BRACKETS.sub(" ", heading)).replace(" ", "")


KNOWN = {
    squeezed(spelling): column.key for column in (*COLUMNS, *COMBINED) for spelling in (column.heading, *column.others)
}


class Found(NamedTuple):
    """Where each known column is (key to index, the first of several), and the headings that mean nothing here."""

    at: dict[str, int]
    ignored: list[str]


def find_columns(header: list[str]) -> Found:
    """The known columns of a header row by their headings alone."""
    at, ignored = {}, []
    for index, heading in enumerate(header):
        key = known_as(heading)
        if key is None:
            ignored += [heading] if heading else []
        else:
            at.setdefault(key, index)
    return Found(at, ignored)


def known_as(heading: str) -> str | None:
    """The key of the column that has this heading, however it is spelled."""
    return KNOWN.get(squeezed(heading))


def is_heading(title: str) -> bool:
    """Whether a title, or what it says below its group, is the heading of a known column."""
    return known_as(title) is not None or known_as(title.rpartition(BELOW)[2]) is not None


def missing(keys: Iterable[str]) -> list[str]:
    """The headings of needed columns that are not among `keys`.

    A village's code replaces its name and its kecamatan.
    """
    has = set(keys)
    lacking = [] if "name" in has else ["name"]
    lacking += [] if has & {"number", "unit", "unit_rw_first"} else ["number"]
    lacking += [] if "code" in has else [key for key in ("village", "district") if key not in has]
    return [HEADINGS[key] for key in lacking]


def check_choice(columns: Mapping[str, int], question: Mapping, districts: Mapping[str, str]) -> None:
    """Whether a choice of columns (key → place) answers a question of kind "columns".

    `districts`: the kecamatan chosen for whole sheets. No columns of one of several sheets mean that it is no roster.
    Raises InputError.
    """
    places = {column["at"] for column in question["columns"]}
    if not set(columns) <= set(CHOICES) or not set(columns.values()) <= places:
        raise InputError("Pilih kolom dari daftar.")
    if not columns and question["is_one_of_several"]:
        return
    if "number" in columns and columns.keys() & {"unit", "unit_rw_first"}:
        raise InputError("Pilih kolom RT, atau kolom RT/RW yang berisi keduanya, bukan dua-duanya.")
    for sheet in question["sheets"]:
        given = {"district"} if districts.get(sheet["name"]) else set()
        if lacking := missing({*columns, *sheet["given"], *given}):
            where = f" untuk lembar {sheet['name']}" if len(question["sheets"]) > 1 else ""
            raise InputError(f"Kolom {listed(lacking)}{where} belum dipilih.")


def listed(words: list[str]) -> str:
    """`RT, Kelurahan/Desa dan Kecamatan`."""
    return " dan ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
