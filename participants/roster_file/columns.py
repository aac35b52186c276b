"""Which column of a roster is which, by its heading: however it is spelled, in whatever order."""

import re
from typing import NamedTuple

from rtportal.lib.errors import InputError
from rtportal.lib.names import fold

# A sheet of two hundred columns must not fill the page with its headings.
SHOWN = 15
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
    Column("starts", "Awal masa bakti", ("mulai masa bakti", "masa bakti mulai", "masa bakti awal", "awal jabatan",
                                         "awal masa jabatan", "mulai menjabat", "tanggal mulai", "tgl mulai",
                                         "tanggal awal masa bakti", "tanggal mulai menjabat", "TMT")),
    Column("ends", "Akhir masa bakti", ("selesai masa bakti", "masa bakti selesai", "masa bakti akhir",
                                        "akhir jabatan", "akhir masa jabatan", "selesai menjabat", "berakhir",
                                        "tanggal akhir masa bakti", "tanggal selesai", "tgl selesai")),
    Column("status", "Status", ("status jabatan", "status ketua RT")),
)  # fmt: skip
HEADINGS = {column.key: column.heading for column in COLUMNS}


def _squeezed(heading: str) -> str:
    return fold(_IN_BRACKETS.sub(" ", heading)).replace(" ", "")


_KNOWN = {_squeezed(spelling): column.key for column in COLUMNS for spelling in (column.heading, *column.others)}


class Found(NamedTuple):
    """Where each known column is (key to index), and the headings that mean nothing here."""

    at: dict[str, int]
    ignored: list[str]


def find_columns(header: list[str]) -> Found:
    """The known columns of a header row.

    Raises InputError: a column that is needed is missing, or two columns have the same meaning. A village's code
    replaces its name and its kecamatan.
    """
    at, ignored = {}, []
    for index, heading in enumerate(header):
        key = _KNOWN.get(_squeezed(heading))
        if key is None:
            ignored += [heading] if heading else []
        elif key in at:
            raise InputError(
                f"Ada dua kolom {HEADINGS[key]}: “{header[at[key]]}” dan “{heading}”. "
                "Hapus atau ganti judul salah satunya, lalu unggah lagi."
            )
        else:
            at[key] = index
    needed = ["name", "number"] if "code" in at else ["name", "number", "village", "district"]
    if missing := [HEADINGS[key] for key in needed if key not in at]:
        titles = [f"“{heading[:40]}”" for heading in header if heading]
        shown = ", ".join(titles[:SHOWN]) + (f", dan {len(titles) - SHOWN} lainnya" if len(titles) > SHOWN else "")
        raise InputError(
            f"Kolom {_listed(missing)} tidak ditemukan. Judul kolom yang terbaca: {shown}. "
            "Sesuaikan judul kolomnya dengan berkas contoh, lalu unggah lagi."
        )
    return Found(at, ignored)


def _listed(words: list[str]) -> str:
    return " dan ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
