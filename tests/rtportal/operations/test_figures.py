"""Figures name states and channels, never people."""

from datetime import timedelta

import pytest

from rtportal.messaging.models import Message
from rtportal.operations.exposition import registry
from rtportal.operations.figures import figures
from rtportal.operations.models import BackupRun
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def value(name: str, **labels: str) -> float:
    [found] = [figure.value for figure in figures(NOW) if figure.name == name and figure.labels == labels]
    return found


def test_messages_are_counted_by_state_and_channel():
    queue(1, 2, 3)
    Message.objects.filter(about_id=1).update(state="failed")
    channel = Message.objects.first().channel
    assert value("rtportal_messages", state="queued", channel=channel) == 2
    assert value("rtportal_messages", state="failed", channel=channel) == 1


def test_the_age_of_the_queue_is_that_of_its_oldest_message():
    assert value("rtportal_queue_age_seconds") == 0
    queue(1, due_at=NOW - timedelta(minutes=3))
    queue(2, due_at=NOW)
    assert value("rtportal_queue_age_seconds") == 180


def test_the_last_backup_is_the_last_one_that_was_made():
    BackupRun.objects.create(started_at=NOW, finished_at=NOW, name="rtportal.tar.age", size_bytes=7)
    BackupRun.objects.create(started_at=NOW, finished_at=NOW + timedelta(days=1), fault="Ruang habis.")
    assert value("rtportal_last_backup_timestamp_seconds") == NOW.timestamp()
    assert value("rtportal_last_backup_bytes") == 7


def test_no_label_names_a_person_or_a_place():
    enrolment = factories.enrolment(wave=factories.wave())
    queue(1)
    told = " ".join(str(figure) for figure in figures(NOW))
    assert enrolment.head.name not in told
    assert factories.TABALONG not in told


def test_more_rows_cost_no_query_more(django_assert_num_queries):
    with django_assert_num_queries(8):
        figures(NOW)
    queue(*range(1, 51))
    with django_assert_num_queries(8):
        figures(NOW)


def test_asked_twice_in_a_moment_the_database_is_read_once(django_assert_num_queries):
    found = registry()
    list(found.collect())
    with django_assert_num_queries(0):
        assert {family.name for family in found.collect()} >= {"rtportal_database_up", "rtportal_files_waiting"}
