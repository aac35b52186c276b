"""The roster of RT heads as offices send it: its columns, its rows, and what differs from what is known.

Reading, in this order:

- sheet_plan: which sheets are rosters and what has to be asked, with
  - columns (which columns there may be), guessing (by heading and content), contents (what a column looks like)
  - blocks: kecamatan and villages said once, by a sheet's name, a title, a line above a block
- sheet_rows: the rows of all sheets under one set of columns, without closing_rows (totals, signatures)
- rows: one row to an entry, or to the reasons why not, with
  - cells (one cell to one value), places and matching (villages by name or code, inside one kabupaten/kota)
  - doubts, repeats: what is odd about a row, alone and beside the others
- reading: all of that, for a whole file
- decisions: the shape of what is asked and answered

and what comes of it: differences (against the heads that are known), preview and findings (what the page shows),
copies and workbooks (files given out), undo.
"""

# More rows than any kabupaten has RTs in one file; what is above is a wrong file or has to be split.
MAX_ROWS = 20_000
