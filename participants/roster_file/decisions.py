"""What the portal asks about a roster, and what an official answered: the shapes of two JSON fields of an import.

`RosterImport.questions` (state ASKED) is what has to be answered before there is a preview:

    {"kind": "columns", "header": "<hash>", "problems": ["Kolom RT belum diketahui."],
     "is_one_of_several": false,                                  # other sheets have other headers
     "sheets": [{"name": "Jaro", "given": ["district"]}],         # known for all rows without such a column
     "columns": [{"at": 0, "letter": "A", "heading": "Nama", "examples": ["Ahmad", "Rusdi", "Siti"], "key": "name"}]}
    {"kind": "place", "key": "63.09.06/belimbingr", "typed": "Belimbing R.", "district": "Murung Pudak", "rows": 3,
     "candidates": [{"code": "63.09.06.1001", "name": "Kelurahan Belimbing Raya"}]}   # "" as answer: none of them

The same dictionaries, without problems, lie under "columns" in `RosterImport.preview`, so that the columns can be
corrected there too. Examples show NIKs masked.

`RosterImport.decisions` is what was answered; every key may be missing:

    {"columns": {"<hash>": {"name": 0, "number": 2}},            # {} leaves the sheets with this header out
     "districts": {"Lembar 1": "63.09.06"},                      # kecamatan for the rows of a sheet that name none
     "places": {"<what the question says>": "63.09.06.1001"},
     "missing": "end", "missing_kept": ["63.09.06.1001"]}         # RTs the file does not name: their heads' terms end
                                                                  # ("keep": stay), but not in these villages

An answer to a form is a part of this shape, put over what was answered before by `merged`.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from rtportal.lib import nik

COLUMNS = "columns"
PLACE = "place"
# Keys whose values are dictionaries that grow by each answer; all others are replaced.
_GROWING = ("columns", "districts", "places")
# A hash may hold as many digits in a row as a NIK.
_HASHES = ("header", "fingerprint")


def merged(before: Mapping, answers: Mapping) -> dict:
    """The decisions after one more answer: a later word about the same column, sheet or place wins."""
    after = dict(before) | dict(answers)
    return after | {key: {**before.get(key, {}), **answers[key]} for key in _GROWING if key in answers}


def keepable(told: Any) -> Any:
    """What was found about a file (JSON) as it may lie in the database and be shown: without a NIK, under whichever
    heading it stood.
    """
    return nik.hidden_in(told, but=_HASHES)


def header_hash(header: list[str]) -> str:
    """By what a header is known again in the next file: its words in their order, however they are cased."""
    words = [" ".join(heading.casefold().split()) for heading in header]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def place_questions(questions: list[dict]) -> list[dict]:
    """Those of an import's questions that ask which place a name means."""
    return [question for question in questions if question["kind"] == PLACE]


def column_questions(questions: list[dict]) -> list[dict]:
    """Those of an import's questions that ask for columns."""
    return [question for question in questions if question["kind"] == COLUMNS]
