import pytest
from django.db import connection

from participants.models import RosterImport
from participants.use_cases.approve_roster_import import approve_roster_import
from rtportal.lib.errors import InputError
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture
def preview():
    factories.regions()
    return rosters.previewed(rosters.csv([rosters.row()]))


def approve(made, fingerprint=None):
    approve_roster_import(import_id=made.pk, fingerprint=fingerprint or made.fingerprint, by=made.uploaded_by)
    made.refresh_from_db()


def test_an_approved_preview_waits_for_the_worker(preview, django_capture_on_commit_callbacks):
    # The upload's own wake-up still waits in the test's transaction.
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as waking:
        approve(preview)
    assert (preview.state, preview.approved_by) == (State.APPROVED, preview.uploaded_by)
    assert len(waking) == 1


def test_approving_twice_is_once(preview, django_capture_on_commit_callbacks):
    approve(preview)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as waking:
        approve(preview)
    assert waking == []
    assert preview.state == State.APPROVED


def test_a_preview_that_was_renewed_must_be_looked_at_again(preview):
    with pytest.raises(InputError, match="Pratinjau ini sudah diperbarui"):
        approve(preview, "0" * 64)
    preview.refresh_from_db()
    assert preview.state == State.PREVIEWED


@pytest.mark.parametrize("state", [State.UPLOADED, State.REFUSED, State.CANCELLED])
def test_only_a_preview_can_be_approved(preview, state):
    RosterImport.objects.update(state=state)
    with pytest.raises(InputError, match="jadi tidak dapat diterapkan"):
        approve(preview)
