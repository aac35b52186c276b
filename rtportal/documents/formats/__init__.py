"""The formats in which files can be given out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rtportal.documents.formats.csv import write_csv
from rtportal.documents.formats.xlsx import write_xlsx
from rtportal.documents.tables import Sheet


@dataclass(frozen=True)
class Format:
    """`name` is the file's extension too.

    `write`, of formats for tables, takes the path of a new file and the sheets, whose rows it reads in order and once.
    """

    name: str
    label: str
    content_type: str
    write: Callable[[Path, Iterable[Sheet]], None] | None = None


_ALL = (
    Format(
        "xlsx", "Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write=write_xlsx
    ),
    Format("csv", "CSV", "text/csv; charset=utf-8", write=write_csv),
    # Each paper lays itself out: formats/pdf.py.
    Format("pdf", "PDF", "application/pdf"),
    # Several files, packed by the document itself.
    Format("zip", "ZIP", "application/zip"),
)
FORMATS = {item.name: item for item in _ALL}
