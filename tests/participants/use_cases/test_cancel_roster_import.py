import pytest

from participants.models import RosterImport
from participants.use_cases.cancel_roster_import import cancel_roster_import
from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from tests import factories
from tests.participants import rosters

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture
def preview():
    factories.regions()
    return rosters.previewed(rosters.csv([rosters.row()]))


@pytest.mark.parametrize("state", [State.UPLOADED, State.PREVIEWED, State.CANCELLED])
def test_what_is_not_approved_can_be_cancelled(preview, state):
    RosterImport.objects.update(state=state)
    cancel_roster_import(import_id=preview.pk, by=preview.uploaded_by, now=factories.NOW)
    preview.refresh_from_db()
    assert preview.state == State.CANCELLED
    assert rosters.roster() == []
    # Said twice it is still once.
    assert AuditEvent.objects.filter(action="roster.cancelled").count() == (state != State.CANCELLED)


@pytest.mark.parametrize("state", [State.APPROVED, State.APPLIED, State.REFUSED])
def test_what_is_decided_cannot_be_cancelled(preview, state):
    RosterImport.objects.update(state=state)
    with pytest.raises(InputError, match="jadi tidak dapat dibatalkan"):
        cancel_roster_import(import_id=preview.pk, by=preview.uploaded_by, now=factories.NOW)
