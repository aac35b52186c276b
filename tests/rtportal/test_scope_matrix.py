"""Every address against every role in its own region, the one beside it and another one, and the same again with the
portal's own filter of rows taken away: then only PostgreSQL's row-level security keeps them apart.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import Client

from rtportal.accounts.models import User
from rtportal.accounts.scope import Scope
from tests import factories
from tests.rtportal.doors import DOORS, OPEN, Door
from tests.rtportal.everything import everything
from tests.rtportal.test_roles_matrix import knock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OWN, SIBLING, OTHER = "own", "sibling", "other"
# A kabupaten of the same province, and one of another.
BALANGAN = "63.11"
# What lies in Jaro, in the kelurahan/desa of one participant, where the rest is the whole kabupaten's.
OF_JARO = {
    "message",
    "inbox_item",
    "reply",
    "task",
    "task_place",
    "letter_place",
    "enrolment",
    "head",
    "waiting_place",
    "correction",
    "data_request",
    "certificate",
    "payment",
}
# What admins alone may do: a stranger to it is first a stranger to the right, but an admin of elsewhere is not.
OF_ADMINS = {"regency", "incident", "official_invitation", "official", "assignment"}
# Accounts, their roles and the country's regions are found by everybody (tests/architecture/test_row_scope.py).
NOT_GUARDED = {"official", "assignment", "regency"}
# Column of the table of doors.
COLUMNS = {
    "village_operator": "operator",
    "district_operator": "operator",
    "viewer": "viewer",
    "official": "official",
    "admin": "admin",
}


def places(role: str) -> tuple[str, ...]:
    """What the others meet in their own region stands in the table of doors (`test_roles_matrix.py`)."""
    return (OWN, SIBLING, OTHER) if role == "village_operator" else (SIBLING, OTHER)


def place_of(role: str, where: str, village: str) -> str:
    """Code of the region in which somebody holds the role."""
    beside = {"village_operator": f"{factories.MUARA_UYA}.2001", "district_operator": factories.MUARA_UYA}
    own = {"village_operator": village, "district_operator": factories.JARO}
    places = {OWN: own, SIBLING: beside, OTHER: {}}[where]
    return places.get(role) or {OWN: factories.TABALONG, SIBLING: BALANGAN, OTHER: factories.JAMBI}[where]


def expected(role: str, where: str, door: Door) -> int | str:
    usual = getattr(door, COLUMNS[role])
    if role == "admin" and usual == 404:
        # Where the table's admin comes second, to what the official has just deleted.
        usual = door.official
    is_beside = where == SIBLING and COLUMNS[role] == "operator"
    is_theirs = where == OWN or (is_beside and door.thing not in OF_JARO)
    # Only what lies in a region can be out of it: a page for everybody is for everybody.
    is_regional = door.stranger == 404 or (door.thing in OF_ADMINS and usual == OPEN)
    return usual if is_theirs or not door.thing or not is_regional else 404


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def meet(user: User, role: str, where: str, things: dict, valkey, *, besides: Collection[str] = ()) -> dict[str, str]:
    """Doors that were not as they should be, with what was met and what should have been; `besides` are passed over."""
    wrong = {}
    for name, door in sorted(DOORS.items()):
        if door.thing in besides:
            continue
        valkey.forget()
        with undone():
            client = Client()
            client.force_login(user)
            met = knock(client, name, door, things)
        if met != expected(role, where, door):
            wrong[name] = f"{met}, not {expected(role, where, door)}"
    return wrong


@pytest.fixture
def things() -> dict:
    factories.regions(factories.TABALONG, factories.JAMBI, BALANGAN)
    return everything()[1]


@pytest.mark.parametrize("role", COLUMNS)
def test_every_role_meets_its_own_region_and_no_other(role, things, valkey):
    for where in places(role):
        user = factories.user(role=role, region=place_of(role, where, things["task_place"][0]))
        assert meet(user, role, where, things, valkey) == {}, where


def take_the_filter_away(monkeypatch) -> None:
    """Every row is in everybody's scope; what a role may do stays."""
    everywhere = Q(pk__isnull=False)
    monkeypatch.setattr(Scope, "rows", lambda scope, field: everywhere)
    monkeypatch.setattr(Scope, "rows_touching", lambda scope, field: everywhere)
    monkeypatch.setattr(Scope, "areas_with", lambda scope, right: ["15", "63"] if scope.may_anywhere(right) else [])


@pytest.mark.row_locks
@pytest.mark.parametrize("role", COLUMNS)
def test_the_database_alone_keeps_them_apart(role, things, valkey, monkeypatch):
    take_the_filter_away(monkeypatch)
    for where in places(role):
        user = factories.user(role=role, region=place_of(role, where, things["task_place"][0]))
        assert meet(user, role, where, things, valkey, besides=NOT_GUARDED) == {}, where
