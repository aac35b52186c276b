"""What providers report about one office's message changes nothing of another office."""

import pytest
from django.urls import reverse

from participants.models import RTHead
from rtportal.lib import clock
from rtportal.messaging.models import Message, Reply
from rtportal.messaging.references import message_id_of
from rtportal.messaging.use_cases.read_channel_events import read_channel_events
from tests import factories
from tests.rtportal.messaging.channels.email.returned_mail import bounce
from tests.rtportal.two_offices import BALANGAN, HALONG, Office, office, state_of

pytestmark = pytest.mark.django_db
GATEWAY, EMAIL = reverse("messaging:gateway_call_back"), reverse("messaging:email_call_back")
SECRET = "rahasia-penyedia"
HERE, THERE = "+6281298760001", "+6281298760002"


@pytest.fixture(autouse=True)
def _secrets(settings):
    settings.GATEWAY = settings.GATEWAY | {"secret": SECRET}
    settings.BOUNCES_SECRET = SECRET


@pytest.fixture
def messages() -> tuple[Message, Message]:
    """One message of each office that a provider has taken, with references of the same kind."""
    factories.regions(factories.TABALONG, BALANGAN)
    offices = (office(BALANGAN, HALONG), office(factories.TABALONG, factories.JARO))
    return _taken(offices[0], HERE, "80001"), _taken(offices[1], THERE, "80002")


def _taken(own: Office, phone: str, reference: str) -> Message:
    message = Message.objects.get(about_id=own.people[0].pk, kind="invitation", state="queued")
    RTHead.objects.filter(pk=own.people[0].head_id).update(phone=phone)
    rows = Message.objects.filter(pk=message.pk)
    rows.update(channel="gateway", address=phone, reference=reference, state="accepted", attempt_count=1)
    return rows.get()


def post(client, address: str, body: bytes, content_type: str = "application/x-www-form-urlencoded") -> None:
    headers = {"X-Webhook-Secret": SECRET}
    assert client.post(address, body, content_type=content_type, headers=headers).status_code == 200
    read_channel_events(now=clock.now())


def test_a_status_raises_the_one_message_it_names(client, messages):
    here, _ = messages
    before = state_of(factories.TABALONG)
    post(client, GATEWAY, f"id={here.reference}&status=delivered".encode())
    here.refresh_from_db()
    assert here.state == "delivered"
    assert state_of(factories.TABALONG) == before


def test_a_status_with_a_reference_of_another_channel_raises_nothing(client, messages):
    here, there = messages
    Message.objects.filter(pk=there.pk).update(channel="whatsapp")
    before = state_of(factories.TABALONG), state_of(BALANGAN)
    post(client, GATEWAY, f"id={there.reference}&status=delivered".encode())
    assert (state_of(factories.TABALONG), state_of(BALANGAN)) == before
    here.refresh_from_db()
    assert here.state == "accepted"


def test_a_reply_belongs_to_the_office_whose_message_it_answers(client, messages):
    here, _ = messages
    before = state_of(factories.TABALONG)
    post(client, GATEWAY, f"sender={HERE[1:]}&message=Parkir di mana?&inboxid=7".encode())
    assert Reply.objects.get().region_code == here.region_code
    assert state_of(factories.TABALONG) == before


def test_mail_that_came_back_fails_the_one_message_it_names(client, messages):
    here, there = messages
    for message, address in ((here, "di-sini@rt.test"), (there, "di-sana@rt.test")):
        Message.objects.filter(pk=message.pk).update(channel="email", address=address)
        message.refresh_from_db()
    before = state_of(factories.TABALONG)
    post(client, EMAIL, bounce(message_id_of(here, "portal.test")), "message/rfc822")
    here.refresh_from_db()
    assert here.state == "failed"
    assert state_of(factories.TABALONG) == before
