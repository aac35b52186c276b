"""The roster of RT heads as offices send it: its columns, its rows, and what differs from what is known.

- columns: which column is which, by its heading
- places: village and kecamatan by name or code, inside one kabupaten/kota
- cells: one cell to one value
- rows: one row to an entry, or to the reasons why not
- reading: a whole file
- differences: entries against the RT heads that are known
- preview: what the page of an import shows
- workbooks: an empty file to fill in, and the faulty rows to mend
"""

# More rows than any kabupaten has RTs in one file; what is above is a wrong file or has to be split.
MAX_ROWS = 20_000
