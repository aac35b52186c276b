from datetime import timedelta

import pytest

from rtportal.messaging.models import ChannelUse
from rtportal.messaging.pacing import COUNTED
from rtportal.messaging.use_cases.forget_channel_uses import forget_channel_uses
from tests.factories import NOW


@pytest.mark.django_db
def test_what_no_budget_counts_any_more_is_forgotten():
    for seconds in (0, 1):
        used_at = NOW - COUNTED + timedelta(seconds=seconds)
        ChannelUse.objects.create(channel="gone", address=f"+6281{seconds}", used_at=used_at)
    assert forget_channel_uses(now=NOW) == 1
    assert ChannelUse.objects.get().address == "+62811"
