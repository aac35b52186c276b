from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from rtportal.audit.models import AuditEvent
from rtportal.celery import app
from rtportal.documents import tasks
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.drop_old_files import drop_old_files
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_waiting_files import write_waiting_files
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
KEPT = timedelta(days=30)


@pytest.fixture
def file(numbers, settings):
    settings.FILE_DAYS = KEPT.days
    factories.regions()
    admin = factories.user(role="admin")
    export = open_export("bilangan", user=admin, params={"n": 3})
    return request_export(export=export, file_format=FORMATS["csv"], by=admin, clock=lambda: NOW)


def test_an_old_file_goes_with_its_content_and_stays_in_the_history(file):
    assert default_storage.exists(file.path)
    assert drop_old_files(now=NOW + KEPT) == 1
    assert not default_storage.exists(file.path)
    assert not GeneratedFile.objects.exists()
    assert AuditEvent.objects.filter(action="file.exported").count() == 1


def test_a_younger_file_stays(file):
    assert drop_old_files(now=NOW + KEPT - timedelta(seconds=1)) == 0
    assert default_storage.exists(file.path)


def test_what_waits_is_never_dropped(file):
    GeneratedFile.objects.update(state="queued", finished_at=None)
    assert drop_old_files(now=NOW + 10 * KEPT) == 0


def test_it_is_done_every_night():
    assert tasks.drop_old_files.name in {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_content_that_is_gone_already_does_no_harm(file):
    default_storage.delete(file.path)
    tasks.drop_old_files()
    assert not GeneratedFile.objects.exists()
    assert write_waiting_files(clock=lambda: NOW) is None
