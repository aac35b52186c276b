from datetime import timedelta

import pytest

from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.give_up_undelivered import MARGIN, give_up_undelivered
from tests.factories import NOW
from tests.rtportal.messaging.letters import LETTER, queue
from tests.rtportal.messaging.whatsapp import PHONE, whatsapp_template

pytestmark = pytest.mark.django_db
State = Message.State
OVER = NOW + timedelta(hours=1) + MARGIN + timedelta(seconds=1)


@pytest.fixture
def row(settings) -> Message:
    settings.MESSAGE_CHANNELS = ["whatsapp", "manual"]
    whatsapp_template(LETTER, life_minutes=60, status="approved")
    [message] = queue(1, route=(("whatsapp", PHONE), ("manual", PHONE)))
    Message.objects.update(state=State.ACCEPTED, closed_at=NOW, reported_at=NOW, attempt_count=1, reference="wamid.A")
    return message


def test_what_was_not_delivered_in_time_goes_on_to_the_next_link(row):
    assert give_up_undelivered(now=OVER) == 1
    row.refresh_from_db()
    assert (row.state, row.failure) == (State.FAILED, Message.Failure.UNDELIVERED)
    assert Message.objects.get(channel="manual").state == State.TASK


def test_before_that_it_may_still_be_delivered(row):
    assert give_up_undelivered(now=OVER - timedelta(seconds=2)) == 0


def test_where_no_report_came_at_all_nothing_is_known(row):
    Message.objects.update(reported_at=None)
    assert give_up_undelivered(now=OVER) == 0


def test_what_was_delivered_stays_so(row):
    Message.objects.update(state=State.DELIVERED)
    assert give_up_undelivered(now=OVER) == 0
