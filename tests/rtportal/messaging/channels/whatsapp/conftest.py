import pytest

from tests.infra.whatsapp_stub import WhatsAppStub
from tests.rtportal.messaging.whatsapp import steer


@pytest.fixture
def meta(settings, whatsapp_stub: WhatsAppStub) -> WhatsAppStub:
    """The WhatsApp channel is in use, and Meta is the stub."""
    steer(settings, whatsapp_stub)
    return whatsapp_stub
