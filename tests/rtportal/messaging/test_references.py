import pytest

from rtportal.messaging.models import Message
from rtportal.messaging.references import is_ours, message_id_of, message_named
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db


def test_a_mail_is_found_by_its_message_id():
    [message] = queue(1, channel="email", address="rt-1@rt.test")
    name = message_id_of(message, "portal.dpmd.test")
    assert is_ours(name)
    assert message_named("email", name) == message
    assert message_named("whatsapp", name) is None


def test_a_made_up_message_id_finds_nothing():
    [message] = queue(1, channel="email", address="rt-1@rt.test")
    assert message_named("email", f"<{message.pk}.1234567890@portal.dpmd.test>") is None


def test_another_channel_finds_it_by_the_providers_name():
    [message] = queue(1, channel="gateway", address="+6281234567890")
    Message.objects.update(reference="80367170")
    assert message_named("gateway", "80367170") == message
    assert message_named("whatsapp", "80367170") is None
    assert message_named("gateway", "") is None


@pytest.mark.parametrize("text", ["<17@portal>", "17.1772416000@portal", "<0.1772416000@x>", "<١٧.1772416000@portal>"])
def test_what_does_not_look_like_ours_is_not_ours(text):
    assert not is_ours(text)
    assert message_named("email", text) is None
