"""Spreadsheet files for the tests, written the way real programs write them."""

import io
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter

HEADER = ["Nama", "RT", "Desa"]


def xlsx(*sheets, hidden=()):
    """An XLSX of one or more sheets, each a list of rows; None leaves a cell out."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        pages = [workbook.add_worksheet(f"Lembar {n + 1}") for n in range(len(sheets))]
        next(page for n, page in enumerate(pages) if n not in hidden).activate()
        for n, (page, rows) in enumerate(zip(pages, sheets, strict=True)):
            if n in hidden:
                page.hide()
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(r, c, cell)
                    elif hasattr(cell, "year"):
                        page.write_datetime(r, c, cell, day)
                    elif cell is not None:
                        page.write(r, c, cell)
    return out.getvalue()


def xlsx_with_one_far_cell(row, column):
    """A table of one row and, in the given 0-based place, one more cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["A", "1", "Jaro"])
        page.write(row, column, "x")
    return out.getvalue()


def ods(rows):
    """A minimal OpenDocument spreadsheet of text cells."""
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p></table:table-cell>' for c in r
        )
        for r in rows
    ]
    namespaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )
    rows_xml = "".join(f"<table:table-row>{c}</table:table-row>" for c in cells)
    content = (
        f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Lembar1">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def packed(files):
    """A ZIP of {name: content}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
