"""The rows of all sheets of a roster under one set of columns, each with the place that its sheet or block says."""

import re
from dataclasses import replace

from participants.roster_file import cells
from participants.roster_file.blocks import bare, line
from participants.roster_file.closing_rows import nobodys
from participants.roster_file.sheet_plan import Sheet
from rtportal.lib.sheets import SheetRow

_BOTH = re.compile(
    r"(?:RT)?[\s.:]*(\d{1,3}\s?[A-Z]?)[\s.:,]*(?:/|-|RW)[\s./:,]*(?:RW)?[\s.:]*(\d{1,3}\s?[A-Z]?)", re.IGNORECASE
)
_RW_FIRST = re.compile(r"RW[\s.:]*(\d{1,3})[\s./:,-]*RT[\s.:]*(\d{1,3}\s?[A-Z]?)", re.IGNORECASE)


def without_closing_rows(sheets: list[Sheet]) -> list[list]:
    """Takes the rows that are nobody's out of the sheets; returns [row, sheet] of each, the sheet where there are
    several.
    """
    left_out, has_several = [], sum(bool(sheet.table.rows) for sheet in sheets) > 1
    for sheet in sheets:
        if found := nobodys(sheet.table.rows, sheet.at):
            numbers = {row.number for row in found}
            rows = [row for row in sheet.table.rows if row.number not in numbers]
            left_out += [[number, sheet.table.sheet if has_several else ""] for number in sorted(numbers)]
            sheet.table = replace(sheet.table, rows=rows)
    return left_out


def roster_rows(sheets: list[Sheet]) -> tuple[list[SheetRow], dict[str, int]]:
    """The rows that name a head, and where the columns are in them (key to index).

    Rows say their sheet where there are several.
    """
    with_rows = [sheet for sheet in sheets if sheet.table.rows]
    if len(with_rows) == 1 and not _is_changed(with_rows[0]):
        return with_rows[0].table.rows, with_rows[0].at
    keys = sorted({key for sheet in with_rows for key in _keys(sheet)})
    at = {key: index for index, key in enumerate(keys)}
    return [row for sheet in with_rows for row in _rows(sheet, at, len(with_rows) > 1)], at


def both_numbers(cell: object, *, rw_first: bool = False) -> tuple[object, object]:
    """What a cell "005/002" or "RT 05/RW 02" says of RT and of RW; a cell that says one number says that of the RT.

    What is neither goes to the RT as it is, where it is refused. `rw_first`: "002/005" is RW 002, RT 005.
    """
    said = cells.text(cell)
    if match := _RW_FIRST.fullmatch(said):
        return match[2], match[1]
    if match := _BOTH.fullmatch(said):
        return (match[2], match[1]) if rw_first and "R" not in said.upper() else (match[1], match[2])
    return cell, ""


def _is_changed(sheet: Sheet) -> bool:
    return bool(sheet.given or sheet.lined or sheet.at.keys() & {"unit", "unit_rw_first"})


def _keys(sheet: Sheet) -> set[str]:
    keys = {*sheet.at, *sheet.given, *sheet.lined}
    return keys - {"unit", "unit_rw_first"} | {"number", "rw"} if keys & {"unit", "unit_rw_first"} else keys


def _rows(sheet: Sheet, at: dict[str, int], is_one_of_several: bool) -> list[SheetRow]:
    name = sheet.table.sheet if is_one_of_several else ""
    moves = [(at[key], index) for key, index in sheet.at.items() if key in at]
    unit = sheet.at.get("unit", sheet.at.get("unit_rw_first"))
    village, district = at.get("village"), at.get("district")
    places = {index for key, index in sheet.at.items() if key in ("village", "district")}
    # An empty cell below a heading is not filled in yet; what a title says may be about something else.
    given = {key: text for key, text in sheet.given.items() if key not in sheet.at}
    said, above = given, ""
    rows = []
    for row in sheet.table.rows:
        if sheet.lined and (found := line(row, places)):
            key, text = found
            if key == "district":
                # The villages above are none of this kecamatan.
                said, above = {**given, "district": text}, text
                said.pop("village", None)
            else:
                said = {**said, "village": text}
            continue
        read = [""] * len(at)
        for to, index in moves:
            read[to] = row.cells[index]
        if unit is not None:
            number, rw = both_numbers(row.cells[unit], rw_first="unit" not in sheet.at)
            read[at["number"]] = number
            read[at["rw"]] = read[at["rw"]] or rw
        if village is not None and not cells.text(read[village]) and "village" in said:
            # A block's village is one of the block's kecamatan.
            own = cells.text(read[district]) if district is not None else ""
            if not (own and above) or bare(own) == bare(above):
                read[village] = said["village"]
        if district is not None and not cells.text(read[district]) and "district" in said:
            read[district] = said["district"]
        rows.append(SheetRow(row.number, read, name))
    return rows
