"""What the portal says of its own running, and when."""

from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder

from rtportal.operations import alarms
from rtportal.operations.alarms import troubles_of_backup, troubles_of_migrations
from rtportal.operations.models import BackupRun
from rtportal.web.health import troubles
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def made(hours_ago: int, *, fault: str = "") -> BackupRun:
    at = NOW - timedelta(hours=hours_ago)
    name = "" if fault else "rtportal-20261122T170500Z.tar.age"
    return BackupRun.objects.create(started_at=at, finished_at=at, name=name, fault=fault)


def test_a_backup_is_overdue_after_26_hours(settings):
    settings.BACKUP_FOLDER = "/cadangan"
    made(25)
    assert troubles_of_backup(NOW) == []
    BackupRun.objects.all().delete()
    made(27)
    [trouble] = troubles_of_backup(NOW)
    assert (trouble.name, trouble.is_outage) == ("backup", False)
    assert "27 jam yang lalu" in trouble.sentence


def test_a_backup_that_failed_is_none(settings):
    settings.BACKUP_FOLDER = "/cadangan"
    made(30)
    made(1, fault="Ruang habis.")
    assert [trouble.name for trouble in troubles_of_backup(NOW)] == ["backup"]


def test_officials_read_of_it_on_every_page_and_pages_ask_once(settings, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert troubles(NOW) == []
    settings.BACKUP_FOLDER = "/cadangan"
    with django_assert_num_queries(2):
        assert [trouble.name for trouble in troubles(NOW)] == ["backup"]


def test_where_no_backups_are_wanted_none_are_missed(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert troubles_of_backup(NOW) == []


def test_tables_older_than_the_program_are_told_until_they_are_migrated(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(alarms, "_applied", set())
    newest = MigrationRecorder.Migration.objects.filter(app="operations").latest("pk")
    newest.delete()
    [trouble] = troubles_of_migrations(NOW)
    assert trouble.name == "migrations"
    assert "1 perubahan tabel" in trouble.sentence
    newest.save(force_insert=True)
    assert troubles_of_migrations(NOW) == []
    with django_assert_num_queries(0):
        assert troubles_of_migrations(NOW) == []


def test_a_squashed_migration_is_there_with_all_that_it_replaces(monkeypatch):
    monkeypatch.setattr(alarms, "_applied", set())
    squashed = MigrationRecorder.Migration.objects.filter(app="messaging", name__contains="_squashed_")
    assert squashed.delete()[0] == 1
    assert troubles_of_migrations(NOW) == []
