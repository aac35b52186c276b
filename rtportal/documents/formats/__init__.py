"""The formats in which files can be given out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rtportal.documents.formats.csv import write_csv
from rtportal.documents.formats.pdf_table import MOST_ROWS, write_pdf_table
from rtportal.documents.formats.xlsx import write_xlsx
from rtportal.documents.tables import Imprint, Sheet


@dataclass(frozen=True)
class Format:
    """`name` is the file's extension too.

    `write`, of formats for tables, takes the path of a new file, the sheets, whose rows it reads in order and once,
    what the file says about itself, and what to call now and then while no rows are read. `most_at_once` rows a request
    writes itself, `most_rows` are the most there can be. `has_imprint` says whether it tells who has it and what for.
    """

    name: str
    label: str
    content_type: str
    write: Callable[[Path, Iterable[Sheet], Imprint, Callable[[], None]], None] | None = None
    most_at_once: int = 1_048_576
    most_rows: int = 0
    has_imprint: bool = True


_ALL = (
    Format(
        "xlsx", "Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write=write_xlsx
    ),
    Format("csv", "CSV", "text/csv; charset=utf-8", write=write_csv, has_imprint=False),
    # A table; each paper lays itself out: formats/pdf.py.
    Format("pdf", "PDF", "application/pdf", write=write_pdf_table, most_at_once=200, most_rows=MOST_ROWS),
    # Several files, packed by the document itself.
    Format("zip", "ZIP", "application/zip"),
)
FORMATS = {item.name: item for item in _ALL}
