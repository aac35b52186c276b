"""CSV for Indonesian Excel: UTF-8 with a byte order mark, `;` between cells, CRLF at line ends.

Indonesian Excel writes decimals with a comma and therefore splits CSV at semicolons; without the mark it would read
UTF-8 as Windows-1252. CSV knows neither types nor sheets: only the first sheet is written, and no text can run as a
formula because `safe_cells.text_cell` guards each of them. Nor does it know a foot of a page: a line about the file
would be read as one more row, so what a CSV is for stands only in the history, and no identity in full is given out so.
"""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from rtportal.documents.tables import Imprint, Sheet
from rtportal.lib.safe_cells import text_cell

SEPARATOR = ";"


def write_csv(
    target: Path,
    sheets: Iterable[Sheet],
    imprint: Imprint | None = None,
    look: Callable[[], None] | None = None,
) -> None:
    sheet = next(iter(sheets))
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR, lineterminator="\r\n")
        writer.writerow([text_cell(column.heading) for column in sheet.columns])
        writer.writerows([text_cell(cell) for cell in row] for row in sheet.rows)
        if sheet.totals:
            writer.writerow([text_cell(cell) for cell in sheet.totals])
