import pytest

from tests.infra.gateway_stub import GatewayStub


@pytest.fixture
def gateway(gateway_stub: GatewayStub, settings) -> GatewayStub:
    """A provider with an empty memory; the settings describe it."""
    settings.GATEWAY = gateway_stub.options()
    return gateway_stub
