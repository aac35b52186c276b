"""Tasks on the own telephone, for tests."""

from rtportal.messaging.models import Message
from tests.factories import TABALONG
from tests.rtportal.messaging.letters import queue

DESA = f"{TABALONG}.06.2007"


def task(number: int, phone: str = "", **fields) -> Message:
    """A letter to `phone` (default: one of its own) in Desa Kapar that an operator has to send."""
    values = {"channel": "manual", "address": phone or f"+62812000{number:05d}", "region_code": DESA} | fields
    [made] = queue(number, **values)
    return made
