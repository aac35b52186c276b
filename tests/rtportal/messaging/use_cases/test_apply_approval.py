import pytest

from rtportal.messaging.reports import Approval
from rtportal.messaging.use_cases.apply_approval import apply_approval
from tests.factories import NOW
from tests.rtportal.messaging.whatsapp import whatsapp_template

pytestmark = pytest.mark.django_db


def decide(event: str, reason: str = "", category: str = "", name: str = "invitation_v1") -> str:
    approval = Approval(name=name, external_id="42", event=event, reason=reason, category=category)
    return apply_approval(approval=approval, now=NOW)


@pytest.mark.parametrize(
    ("event", "status"),
    [("APPROVED", "approved"), ("REJECTED", "rejected"), ("PAUSED", "paused"), ("DISABLED", "paused")],
)
def test_an_event_sets_the_state(event, status):
    row = whatsapp_template(status="pending")
    decide(event)
    row.refresh_from_db()
    assert (row.status, row.external_id) == (status, "42")


def test_an_event_that_is_new_to_us_changes_no_state():
    row = whatsapp_template(status="approved")
    decide("SOMETHING_NEW")
    row.refresh_from_db()
    assert row.status == "approved"


def test_another_category_stops_the_template_and_says_why():
    row = whatsapp_template(status="approved")
    decide("", category="MARKETING")
    row.refresh_from_db()
    assert row.status == "paused"
    assert "MARKETING" in row.reason


def test_an_earlier_name_is_not_ours_any_more():
    whatsapp_template(status="draft", name="invitation_v2")
    assert decide("APPROVED") == "templat tidak dikenal"
