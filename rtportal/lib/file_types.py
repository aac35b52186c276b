"""What an uploaded file is, by its content and not by its name alone.

Documents that people present or hand out are taken; programs, archives and documents with macros are not.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from rtportal.lib.errors import InputError

LONGEST_NAME = 150
ACCEPTED = "PDF, PPTX, PPT, ODP, DOCX, DOC, XLSX, JPG, atau PNG"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_CONTENT_TYPES = {
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ppt": "application/vnd.ms-powerpoint",
    "doc": "application/msword",
    "jpg": "image/jpeg",
    "png": "image/png",
}
EXTENSIONS = (*_CONTENT_TYPES, "jpeg")
_OFFICE_PARTS = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
# Names of the streams inside the older format that hold the document; they stand in its directory as UTF-16.
_OLD_STREAMS = {"ppt": "PowerPoint Document", "doc": "WordDocument"}
_OLD_MACROS = ("_VBA_PROJECT", "Macros")
_MACROS = "Berkas ini berisi makro, jadi tidak diterima. Simpan ulang tanpa makro."
_OLD_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_SIGNATURES = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
# Characters that say where a file lies, reverse what is read, or are not seen.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')


class FileRefused(InputError):
    """The file is none that is taken; the sentence says why."""


@dataclass(frozen=True)
class FileType:
    """`extension` as the file is named from now on, without the dot."""

    extension: str
    content_type: str


def recognise(name: str, file: BinaryIO) -> FileType:
    """The type that name and content agree on; reads `file` from its start and leaves it there.

    Raises FileRefused for an empty file, an extension that is not taken, and content of another kind or with macros.
    """
    claimed = name.rpartition(".")[2].strip().casefold() if "." in name else ""
    claimed = "jpg" if claimed == "jpeg" else claimed
    if claimed not in _CONTENT_TYPES:
        raise FileRefused(f"Jenis berkas ini tidak diterima. Unggah {ACCEPTED}.")
    file.seek(0)
    head = file.read(1024)
    if not head:
        raise FileRefused("Berkas ini kosong. Pilih berkas lain.")
    if not _is(claimed, head, file):
        raise FileRefused(f"Isi berkas ini bukan {claimed.upper()}. Simpan ulang sebagai {ACCEPTED}, lalu unggah lagi.")
    file.seek(0)
    return FileType(claimed, _CONTENT_TYPES[claimed])


def safe_name(name: str, file_type: FileType) -> str:
    """What the file is called from now on: no folder, one extension (the true one), nothing invisible."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    visible = _UNSAFE.sub("", last)
    stem = visible.rpartition(".")[0] if "." in visible else visible
    # A second extension (`surat.exe.pdf`) would be a promise that some systems keep.
    stem = " ".join(stem.replace(".", " ").split())[: LONGEST_NAME - len(file_type.extension) - 1].strip()
    return f"{stem or 'materi'}.{file_type.extension}"


def _is(claimed: str, head: bytes, file: BinaryIO) -> bool:
    if claimed == "pdf":
        return b"%PDF-" in head
    if claimed in _SIGNATURES:
        return head.startswith(_SIGNATURES[claimed])
    if claimed in _OLD_STREAMS:
        return head.startswith(_OLD_SIGNATURE) and _is_old_document(_OLD_STREAMS[claimed], file)
    return head.startswith(b"PK\x03\x04") and _is_packed_document(claimed, file)


def _is_packed_document(claimed: str, file: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            is_claimed = _is_odp(package) if claimed == "odp" else _OFFICE_PARTS[claimed] in names
    except (zipfile.BadZipFile, OSError, ValueError, IndexError, NotImplementedError, RuntimeError):
        return False
    if any(name.casefold().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise FileRefused(_MACROS)
    return is_claimed


def _is_odp(package: zipfile.ZipFile) -> bool:
    # The standard wants its name first and unpacked, so a mountain of zeros is not even begun.
    entry = package.infolist()[0]
    expected = _CONTENT_TYPES["odp"].encode()
    return entry.filename == "mimetype" and entry.file_size == len(expected) and package.read(entry) == expected


def _is_old_document(stream: str, file: BinaryIO) -> bool:
    file.seek(0)
    content = file.read()
    if any(name.encode("utf-16-le") + b"\0\0" in content for name in _OLD_MACROS):
        raise FileRefused(_MACROS)
    return stream.encode("utf-16-le") in content
