"""What a check mended, doubts and misses in a file, as the preview page shows it: grouped, and only the first rows."""

from collections import Counter, defaultdict

from participants.roster_file.columns import HEADINGS
from participants.roster_file.differences import Differences, villages_of
from participants.roster_file.entries import Checked, Doubt, Repair
from participants.roster_file.places import Places
from rtportal.lib.names import full_name

# The page would weigh megabytes with all of them; the corrected copy of the file tells every one.
REPAIRS_SHOWN = 100
DOUBTS_SHOWN = 200
VILLAGES_SHOWN = 200
NAMES_SHOWN = 20
# What a wrong reading would harm most comes first.
_ORDER = ("district", "village", "number", "rw", "starts", "ends", "name", "email", "phone")


def repairs_shown(repairs: list[Repair]) -> list[dict]:
    """One group for each column: {"label", "count", "rows": [[row, sheet, before, after, times]]}.

    A word that was mended in many rows stands once.
    """
    by_column = defaultdict(list)
    for repair in repairs:
        by_column[repair.column].append(repair)
    shown = []
    for column in sorted(by_column, key=_ORDER.index):
        times = Counter((repair.before, repair.after) for repair in by_column[column])
        first = {(repair.before, repair.after): repair for repair in reversed(by_column[column])}
        rows = [
            [first[words].row, first[words].sheet, *words, count] for words, count in times.most_common(REPAIRS_SHOWN)
        ]
        shown.append({"label": HEADINGS[column], "count": len(by_column[column]), "words": len(times), "rows": rows})
    return shown


def doubts_shown(doubts: list[Doubt]) -> list[list]:
    """[row, sheet, every sentence] of the first rows, in the order of the file."""
    by_row = defaultdict(list)
    for doubt in doubts:
        by_row[doubt.sheet, doubt.row].append(doubt.sentence)
    return [[row, sheet, said] for (sheet, row), said in sorted(by_row.items())[:DOUBTS_SHOWN]]


def doubtful_rows(doubts: list[Doubt]) -> int:
    return len({(doubt.sheet, doubt.row) for doubt in doubts})


def missing_shown(found: Differences, checked: Checked, places: Places) -> dict:
    """RTs that the file does not name, by village: {"villages": [{"code", "place", "count", "names", "is_named",
    "is_ended"}], "can_end": how many heads could be ended, "unnamed": rows that do not say their RT}.

    `is_named`: the file has other RTs of the village, so these may really be gone.
    """
    named = villages_of(checked)
    ended = {known.id for known in found.ended}
    by_village = defaultdict(list)
    for one in found.missing:
        by_village[one.village].append(one)
    villages = []
    # First those about which there is something to decide: all of them, or heads could end whose village nobody saw.
    in_order = sorted(by_village, key=lambda code: (code not in named, code))
    for code in in_order[: max(VILLAGES_SHOWN, len(named & by_village.keys()))]:
        rows = by_village[code]
        names = []
        for one in rows[:NAMES_SHOWN]:
            unit = f"RT {one.number}/RW {one.rw}" if one.rw else f"RT {one.number}"
            known = one.known
            names.append([unit, full_name(known.front, known.name, known.back) if known else ""])
        villages.append(
            {
                "code": code,
                "place": places.say(code),
                "count": len(rows),
                "heads": sum(one.known is not None for one in rows),
                "names": names,
                "is_named": code in named,
                "is_ended": any(one.known and one.known.id in ended for one in rows),
            }
        )
    can_end = sum(one.known is not None for one in found.missing if one.village in named)
    return {"villages": villages, "can_end": can_end, "unnamed": checked.unnamed}
