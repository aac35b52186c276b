import pytest

from rtportal.messaging.channels import all_channels
from tests.infra.smtp import SmtpSink
from tests.rtportal.messaging.letters import Clock
from tests.rtportal.messaging.paced_channel import NAME, PacedChannel


@pytest.fixture
def mail(settings, smtp_sink: SmtpSink) -> SmtpSink:
    """The e-mail channel is in use and its server is the sink."""
    settings.MESSAGE_CHANNELS = ["email"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_sink.port
    settings.EMAIL_TIMEOUT = 1
    return smtp_sink


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paced(clock, monkeypatch) -> PacedChannel:
    """A channel like any other of this installation, whose pace a test sets."""
    channel = PacedChannel(clock)
    monkeypatch.setitem(all_channels(), NAME, channel)
    return channel
