"""The nightly destruction: in the timetable, and one use case."""

from datetime import timedelta

import pytest

from rtportal.celery import EVERY_NIGHT, app
from rtportal.lib import clock
from rtportal.messaging.models import ChannelEvent
from rtportal.privacy.models import PurgeRecord
from rtportal.privacy.tasks import purge_expired
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_runs_every_night() -> None:
    entries = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    assert entries[purge_expired.name] == EVERY_NIGHT


def test_it_destroys_what_is_expired_now() -> None:
    factories.regions()
    ago = clock.now() - timedelta(days=200)
    ChannelEvent.objects.create(channel="gateway", key="1", payload={}, received_at=ago, processed_at=ago)
    purge_expired()
    assert PurgeRecord.objects.get().counts == {"Laporan penyedia": 1}
