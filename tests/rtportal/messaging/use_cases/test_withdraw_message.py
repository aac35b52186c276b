"""Taking a message back while nobody can have read it."""

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.withdraw_message import withdraw_message
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions()
    return factories.user(name="Siti Rahmah")


@pytest.mark.parametrize("channel", ["inbox", "manual"])
def test_what_waits_is_taken_back_with_who_did_it(official, channel):
    [message] = queue(1, channel=channel)
    withdraw_message(message=message, by=official, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.closed_at, message.detail) == ("withdrawn", NOW, "Ditarik oleh Siti Rahmah.")
    assert AuditEvent.objects.get().action == "message.withdrawn"


@pytest.mark.parametrize("state", ["accepted", "failed", "unknown", "task"])
def test_what_is_under_way_or_over_stays(official, state):
    [message] = queue(1)
    # A task that somebody has opened may be sent already.
    Message.objects.update(state=state, started_at=NOW)
    with pytest.raises(InputError):
        withdraw_message(message=message, by=official, now=NOW)
    assert states() == {1: state}
    assert not AuditEvent.objects.exists()
