"""The two workbooks the import gives out: an empty roster to fill in, and the faulty rows to mend.

Every cell is written as text (`write_string`), so nothing in it can run as a formula.
"""

import io
from collections.abc import Iterable

import xlsxwriter

from participants.models import RTHead
from participants.roster_file import MAX_ROWS
from participants.roster_file.columns import COLUMNS, HEADINGS
from participants.roster_file.rows import SHOWN
from rtportal.lib.numbers import thousands
from rtportal.regions.models import Region

_TEXT_KEYS = {"number", "rw", "code", "phone", "nik"}
_WIDTHS = {"name": 30, "village": 24, "district": 20, "email": 26, "nik": 20, "phone": 18, "code": 16}
_EXPLAINED = {
    "name": ("wajib", "Nama lengkap. Gelar boleh ditulis di sini atau di kolomnya sendiri.", "H. Ahmad Fauzi, S.Pd."),
    "front": ("boleh kosong", "Gelar di depan nama.", "H."),
    "back": ("boleh kosong", "Gelar di belakang nama.", "S.Pd."),
    "number": ("wajib", "Nomor RT: angka, boleh diikuti satu huruf.", "005"),
    "rw": ("boleh kosong", "Nomor RW; kosongkan bila tidak ada RW.", "002"),
    "village": (
        "wajib",
        "Nama kelurahan/desa. Bila namanya ada dua dalam satu kecamatan, awali dengan kata Desa atau Kelurahan.",
        "Kelurahan Belimbing",
    ),
    "district": ("wajib", "Nama kecamatan.", "Murung Pudak"),
    "code": (
        "boleh kosong",
        "Kode resmi kelurahan/desa. Bila diisi, nama kelurahan/desa dan kecamatan boleh kosong.",
        "63.09.06.1001",
    ),
    "phone": ("boleh kosong", "Nomor HP, satu nomor saja.", "0812-3456-7890"),
    "email": ("boleh kosong", "Alamat e-mail.", "nama@contoh.id"),
    "nik": ("boleh kosong", "16 angka. Biarkan kolomnya berformat teks, sebab Excel merusak angka ke-16.", ""),
    "born": ("boleh kosong", "Hanya dicocokkan dengan NIK, tidak disimpan.", "12-03-1970"),
    "sex": ("boleh kosong", "L atau P. Hanya dicocokkan dengan NIK, tidak disimpan.", "L"),
    "starts": ("boleh kosong", "Tanggal lengkap.", "01-01-2024"),
    "ends": ("boleh kosong", "Tanggal lengkap, tidak lebih awal daripada awal masa bakti.", "31-12-2028"),
    "status": ("boleh kosong", "Definitif, Plt, atau Perpanjangan.", "Definitif"),
}
_NOTES = (
    "Isi lembar “Ketua RT”, satu baris untuk satu RT. Urutan kolom bebas; kolom lain diabaikan.",
    "Sel yang kosong tidak menghapus data yang sudah tercatat.",
    "RT yang tidak ada di berkas dibiarkan seperti semula, kecuali Anda memilih lain saat memeriksa hasilnya.",
    f"Paling banyak {thousands(MAX_ROWS)} baris dalam satu berkas.",
)


def template(villages: Iterable[Region]) -> bytes:
    """An empty roster as XLSX with an explanation and the codes of the given villages (with their `parent`)."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DCEBEA", "bottom": 1})
        as_text = book.add_format({"num_format": "@"})
        as_day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("Ketua RT")
        for index, column in enumerate(COLUMNS):
            form = as_text if column.key in _TEXT_KEYS else as_day if column.key in {"starts", "ends"} else None
            sheet.set_column(index, index, _WIDTHS.get(column.key, 16), form)
            sheet.write_string(0, index, column.heading, bold)
        status_at = [column.key for column in COLUMNS].index("status")
        choices = {"validate": "list", "source": list(RTHead.Status.labels)}
        sheet.data_validation(1, status_at, MAX_ROWS, status_at, choices)
        sheet.freeze_panes(1, 1)
        rows = [(heading, *_EXPLAINED[key]) for key, heading in HEADINGS.items()]
        guide = _table(book, "Petunjuk", ("Kolom", "Keharusan", "Isi", "Contoh"), rows, (20, 16, 70, 26), bold)
        for index, note in enumerate(_NOTES):
            guide.write_string(len(rows) + 2 + index, 0, note)
        places = [(place.code, place.full_name, place.parent.name) for place in villages]
        if places:
            headings = ("Kode wilayah", "Kelurahan/desa", "Kecamatan")
            _table(book, "Daftar kode wilayah", headings, places, (16, 34, 26), bold)
    return packed.getvalue()


def fault_list(faults: list[dict]) -> bytes:
    """The faulty rows of `RosterImport.faults` as XLSX: row number, reasons, and what the row says."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DCEBEA", "bottom": 1})
        headings = ("Baris", "Lembar", "Alasan", *(HEADINGS[key] for key in SHOWN))
        rows = (
            (
                str(fault["row"]),
                fault.get("sheet", ""),
                "\n".join(fault["reasons"]),
                *(fault["values"].get(key, "") for key in SHOWN),
            )
            for fault in faults
        )
        _table(book, "Baris bermasalah", headings, rows, (8, 14, 80, 30, 8, 8, 24, 20, 16), bold)
    return packed.getvalue()


def _table(book, title: str, headings: tuple, rows: Iterable[tuple], widths: tuple, bold):
    sheet = book.add_worksheet(title)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, heading, bold)
    for at, row in enumerate(rows, start=1):
        for index, text in enumerate(row):
            sheet.write_string(at, index, text, wrapped)
    sheet.freeze_panes(1, 0)
    return sheet
