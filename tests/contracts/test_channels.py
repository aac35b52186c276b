"""What every channel keeps to, whoever wrote it. A new folder under `channels/` is tested without a line here."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rtportal.messaging import channels
from rtportal.messaging.channels import all_channels, usual_chain
from rtportal.messaging.channels.base import Channel, ChannelUnavailable, Person
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from tests.infra.gateway_stub import GatewayStub
from tests.infra.smtp import SmtpSink
from tests.infra.whatsapp_stub import WhatsAppStub
from tests.rtportal.messaging.letters import queue
from tests.rtportal.messaging.whatsapp import approve

CONTENT = Content("Undangan – Bimtek", "Assalamualaikum – silakan hadir.\n")
every_channel = pytest.mark.parametrize("channel", all_channels().values(), ids=all_channels())
_senders = {name: channel for name, channel in all_channels().items() if not channel.is_by_hand}
every_sender = pytest.mark.parametrize("channel", _senders.values(), ids=_senders)
by_hand = pytest.mark.parametrize("channel", [one for one in all_channels().values() if one.is_by_hand])


@pytest.fixture(autouse=True)
def _servers(settings, smtp_sink: SmtpSink, gateway_stub: GatewayStub, whatsapp_stub: WhatsAppStub) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_sink.port
    settings.GATEWAY = gateway_stub.options()
    for name, value in whatsapp_stub.environment().items():
        setattr(settings, name, value)
    # Everybody here has one telephone.
    whatsapp_stub.person_gap = 0


def somebody(number: int) -> Person:
    return Person(email=f"rt{number}@rt.test", phone="+6281234567890", place="RT 001, Kelurahan Pembataan")


def message_for(channel: Channel, number: int) -> Message:
    address = channel.address_of(somebody(number))
    [message] = queue(number, channel=channel.name, address=address)
    return message


def test_every_folder_is_a_channel():
    folders = {path.parent.name for path in Path(channels.__file__).parent.glob("*/channel.py")}
    assert folders == set(all_channels())


def test_the_chain_of_the_settings_passes_over_what_is_not_configured(settings):
    settings.EMAIL_HOST = ""
    settings.MESSAGE_CHANNELS = ["email", "letter", "inbox", "letter"]
    assert usual_chain() == ["letter", "inbox"]


def test_a_misspelt_channel_is_named(settings):
    settings.MESSAGE_CHANNELS = ["surel"]
    with pytest.raises(ImproperlyConfigured, match="surel"):
        usual_chain()


@every_channel
def test_a_channel_has_the_name_of_its_folder_and_a_label(channel):
    assert all_channels()[channel.name] is channel
    assert len(channel.name) <= Message._meta.get_field("channel").max_length
    assert channel.label


@every_channel
def test_a_person_of_whom_nothing_is_known_cannot_be_reached(channel):
    assert channel.address_of(Person()) == ""
    assert channel.address_of(Person(email="  ", phone="  ", place="  ")) == ""


@every_channel
def test_an_address_fits_into_its_column(channel):
    address = channel.address_of(somebody(1))
    assert 0 < len(address) <= Message._meta.get_field("address").max_length


@every_sender
@pytest.mark.django_db
def test_one_sender_hands_over_many_messages_and_names_each(channel, whatsapp_stub):
    approve(whatsapp_stub)
    messages = [message_for(channel, number) for number in (1, 2, 3)]
    with channel.open() as sender:
        receipts = [sender.send(message, CONTENT, expires_at=None) for message in messages]
    references = {receipt.reference for receipt in receipts}
    assert len(references) == 3
    assert all(0 < len(reference) <= 200 for reference in references)


# Other providers give each message a name of their own.
@pytest.mark.parametrize("name", ["email", "inbox"])
@pytest.mark.django_db
def test_a_message_a_human_sends_again_has_the_same_name(name):
    channel = all_channels()[name]
    message = message_for(channel, 1)
    with channel.open() as sender:
        first = sender.send(message, CONTENT, expires_at=None)
        second = sender.send(message, CONTENT, expires_at=None)
    assert first.reference == second.reference


@every_sender
def test_opening_a_channel_and_sending_nothing_does_nothing(channel):
    with channel.open():
        pass


@by_hand
def test_the_portal_itself_sends_nothing_over_a_channel_that_people_carry_out(channel):
    with pytest.raises(ChannelUnavailable):
        channel.open()
