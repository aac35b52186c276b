"""What a clash is, and how clashes are counted and put in order."""

from programs.clash import DAY, HALL, ROOM, Clash, ClashCounts, counts_of, in_order, make_key


def clash(kind: str, *, is_refused: bool = False) -> Clash:
    return Clash(kind, make_key(kind, 1), "", "", is_refused=is_refused)


def test_the_same_parts_have_the_same_key_and_others_another():
    assert make_key(ROOM, 1, 2) == make_key(ROOM, 1, 2)
    assert len({make_key(ROOM, 1, 2), make_key(ROOM, 2, 1), make_key(ROOM, 12), make_key(HALL, 1, 2)}) == 4
    assert len(make_key(ROOM, "x" * 5000)) < 40


def test_what_is_refused_stands_first():
    room, day, hall = clash(ROOM), clash(DAY), clash(HALL, is_refused=True)
    assert in_order([day, room, hall]) == [hall, room, day]


def test_refusals_and_warnings_are_counted_apart():
    assert counts_of([clash(ROOM), clash(DAY), clash(HALL, is_refused=True)]) == ClashCounts(refused=1, warnings=2)
    assert counts_of([]).total == 0
