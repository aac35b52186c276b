import pytest

from tests.infra.smtp import SmtpSink


@pytest.fixture
def mail(settings, smtp_sink: SmtpSink) -> SmtpSink:
    """The e-mail channel is in use and its server is the sink."""
    settings.MESSAGE_CHANNELS = ["email"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_sink.port
    settings.EMAIL_TIMEOUT = 1
    return smtp_sink
