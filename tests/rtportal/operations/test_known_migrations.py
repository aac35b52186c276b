"""What a database must and may have on record."""

from rtportal.operations.known_migrations import known_migrations, needed_migrations

SQUASHED = ("trust", "0001_squashed_0002_guard_rows")
REPLACED = {("trust", "0001_invite_officials"), ("trust", "0002_guard_rows")}


def test_instead_of_a_squashed_migration_those_that_it_replaces_are_needed() -> None:
    assert {key for key in needed_migrations() if key[0] == "trust"} == REPLACED


def test_both_are_known() -> None:
    assert {key for key in known_migrations() if key[0] == "trust"} == REPLACED | {SQUASHED}


def test_one_that_replaces_nothing_is_needed_itself() -> None:
    assert ("regions", "0001_initial") in needed_migrations()
