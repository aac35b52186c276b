from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from participants.models import RosterImport, RosterUndo, RTHead
from participants.use_cases.process_roster_imports import (
    GAVE_UP,
    LEASE,
    NOT_UNDONE,
    UNDECIDED,
    process_roster_imports,
)
from participants.use_cases.request_roster_undo import request_roster_undo
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State
NOW = factories.NOW


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def test_everything_that_waits_is_done_in_one_run():
    imports = [rosters.uploaded(rosters.csv([rosters.row()])) for _ in range(3)]
    assert process_roster_imports(now=NOW) == 3
    assert {RosterImport.objects.get(pk=made.pk).state for made in imports} == {State.PREVIEWED}
    assert process_roster_imports(now=NOW) == 0


def test_what_a_living_worker_holds_is_left_to_it_and_what_a_dead_one_held_is_taken():
    made = rosters.uploaded(rosters.csv([rosters.row()]))
    RosterImport.objects.update(lease_until=NOW + LEASE, attempts=1)
    assert process_roster_imports(now=NOW) == 0
    assert process_roster_imports(now=NOW + LEASE + timedelta(seconds=1)) == 1
    made.refresh_from_db()
    assert (made.state, made.lease_until, made.attempts) == (State.PREVIEWED, None, 0)


def test_an_approved_import_of_a_dead_worker_is_applied_by_the_next():
    made = rosters.approved(rosters.csv([rosters.row()]))
    RosterImport.objects.update(lease_until=NOW - timedelta(seconds=1), attempts=1)
    process_roster_imports(now=NOW)
    made.refresh_from_db()
    assert made.state == State.APPLIED
    assert rosters.current().name == "Ahmad Fauzi"


def test_an_import_at_which_three_workers_ended_is_given_up():
    made = rosters.uploaded(rosters.csv([rosters.row()]))
    RosterImport.objects.update(attempts=3)
    process_roster_imports(now=NOW)
    made.refresh_from_db()
    assert (made.state, made.refusal, made.path) == (State.REFUSED, GAVE_UP, "")


def test_one_that_fails_does_not_hold_up_the_others():
    first, second = (rosters.uploaded(rosters.csv([rosters.row()])) for _ in range(2))
    # A folder cannot be read as a file, as little as one on a broken disk.
    RosterImport.objects.filter(pk=first.pk).update(path="rosters")
    process_roster_imports(now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts) == (State.UPLOADED, 1)
    assert second.state == State.PREVIEWED


def test_the_file_is_deleted_after_it_was_applied():
    made = rosters.previewed(rosters.csv([rosters.row()]))
    path = made.path
    assert default_storage.exists(path)
    rosters.approve_roster_import(import_id=made.pk, fingerprint=made.fingerprint, by=made.uploaded_by)
    process_roster_imports(now=NOW)
    made.refresh_from_db()
    assert made.path == ""
    assert not default_storage.exists(path)


@pytest.mark.parametrize(
    ("header", "state"),
    [(rosters.HEADER, State.PREVIEWED), (("Pejabat", *rosters.HEADER[1:]), State.ASKED)],
)
def test_what_nobody_decides_about_is_cancelled_after_a_week(header, state):
    made = rosters.previewed(rosters.csv([rosters.row()], header))
    process_roster_imports(now=NOW + UNDECIDED)
    made.refresh_from_db()
    assert made.state == state
    process_roster_imports(now=NOW + UNDECIDED + timedelta(minutes=1))
    made.refresh_from_db()
    assert (made.state, made.path) == (State.CANCELLED, "")


def test_an_import_that_is_to_be_undone_is_even_where_its_week_ends_meanwhile():
    made = rosters.applied(rosters.csv([rosters.row()]))
    request_roster_undo(import_id=made.pk, by=made.uploaded_by, now=NOW)
    process_roster_imports(now=NOW + timedelta(days=8))
    made.refresh_from_db()
    assert (made.state, RTHead.objects.count(), RosterUndo.objects.count()) == (State.UNDONE, 0, 0)


def test_an_undo_at_which_three_workers_ended_is_offered_again():
    made = rosters.applied(rosters.csv([rosters.row()]))
    request_roster_undo(import_id=made.pk, by=made.uploaded_by, now=NOW)
    RosterImport.objects.update(attempts=3)
    process_roster_imports(now=NOW)
    made.refresh_from_db()
    assert (made.state, made.refusal, made.undone_by) == (State.APPLIED, NOT_UNDONE, None)
    assert (RTHead.objects.count(), RosterUndo.objects.count()) == (1, 1)
    request_roster_undo(import_id=made.pk, by=made.uploaded_by, now=NOW)
    process_roster_imports(now=NOW)
    assert not RTHead.objects.exists()
