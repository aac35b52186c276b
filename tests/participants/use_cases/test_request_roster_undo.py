from datetime import timedelta

import pytest

from participants.models import RosterImport, RTHead
from participants.roster_file.undo import KEPT_FOR
from participants.use_cases.request_roster_undo import request_roster_undo
from rtportal.lib.errors import InputError
from tests import factories
from tests.factories import NOW
from tests.participants import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied() -> RosterImport:
    factories.regions()
    return rosters.applied(rosters.csv([rosters.row()]))


def request(made: RosterImport, *, now=NOW) -> None:
    request_roster_undo(import_id=made.pk, by=made.uploaded_by, now=now)
    made.refresh_from_db()


def test_said_twice_the_worker_is_asked_once_and_nothing_is_undone_yet(applied):
    request(applied)
    request(applied)
    assert (applied.state, applied.undone_by, applied.undone_at) == ("undoing", applied.uploaded_by, None)
    assert RTHead.objects.count() == 1


def test_after_seven_days_it_is_too_late(applied):
    with pytest.raises(InputError, match="sudah lewat tujuh hari"):
        request(applied, now=NOW + KEPT_FOR)
    request(applied, now=NOW + KEPT_FOR - timedelta(seconds=1))


def test_what_was_not_applied_cannot_be_undone(applied):
    RosterImport.objects.update(state="previewed")
    with pytest.raises(InputError, match="siap diterapkan, jadi tidak ada yang dapat diurungkan"):
        request(applied)
