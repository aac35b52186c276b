from datetime import timedelta
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.core.files.storage import default_storage

from rtportal.accounts.models import Assignment
from rtportal.accounts.scope import RIGHTS, Right
from rtportal.audit.models import AuditEvent
from rtportal.celery import app
from rtportal.documents import tasks
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.registry import open_export
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.request_export import request_export
from rtportal.documents.use_cases.write_file import LEASE, NO_LONGER_ALLOWED, LostLease, _Work
from rtportal.documents.use_cases.write_waiting_files import GIVEN_UP, MAX_ATTEMPTS, write_waiting_files
from tests import factories
from tests.rtportal.documents.conftest import TROUBLES, Killed

State = GeneratedFile.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(numbers):
    factories.regions()
    return factories.user(role="admin")


@pytest.fixture
def ask(admin, clock):
    def ask(n=3_000, file_format="csv", **params) -> GeneratedFile:
        export = open_export("bilangan", user=admin, params={"n": n, **params})
        return request_export(export=export, file_format=FORMATS[file_format], by=admin, clock=clock)

    return ask


def leftovers(file: GeneratedFile) -> list[Path]:
    return list(Path(default_storage.path("exports")).glob(f"{file.pk}*"))


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_worker_writes_the_whole_file(ask, clock, file_format):
    file = ask(5_000, file_format)
    write_waiting_files(clock=clock)
    file.refresh_from_db()
    assert (file.state, file.rows_done, file.attempt_count, file.lease_until) == (State.READY, 5_000, 1, None)
    assert [path.name for path in leftovers(file)] == [f"{file.pk}.{file_format}"]
    assert AuditEvent.objects.get().data["rows"] == 5_000


def test_files_are_written_one_by_one_the_oldest_first(ask, clock):
    first = ask(3_000)
    clock.at += timedelta(seconds=1)
    second = ask(4_000)
    assert write_waiting_files(clock=clock) == first
    assert write_waiting_files(clock=clock) == second
    assert write_waiting_files(clock=clock) is None


@pytest.mark.django_db(transaction=True)
def test_while_others_wait_the_next_worker_is_woken(ask, clock):
    broker = redis.from_url(settings.CACHES["default"]["LOCATION"])
    ask(3_000)
    clock.at += timedelta(seconds=1)
    ask(4_000)
    broker.delete("celery")
    write_waiting_files(clock=clock)
    assert broker.llen("celery") == 1
    broker.delete("celery")
    write_waiting_files(clock=clock)
    assert broker.llen("celery") == 0


def test_progress_is_told_about_each_second_and_not_with_every_row(ask, clock, django_assert_max_num_queries):
    file = ask(3_000)
    clock.step = timedelta(milliseconds=300)
    # 30 looks of 0.3 seconds each are about 9 seconds: about 8 updates, beside some twenty other statements.
    with django_assert_max_num_queries(35):
        write_waiting_files(clock=clock)
    file.refresh_from_db()
    assert file.state == State.READY


def test_a_worker_killed_in_the_middle_leaves_no_half_file_and_another_takes_over(ask, clock, monkeypatch):
    file = ask(trouble="kill")
    with pytest.raises(Killed):
        write_waiting_files(clock=clock)
    file.refresh_from_db()
    assert (file.state, file.path) == (State.RUNNING, "")
    assert not Path(default_storage.path(f"exports/{file.pk}.csv")).exists()
    # While the dead one's lease runs, nobody else writes.
    clock.at += LEASE - timedelta(seconds=1)
    assert write_waiting_files(clock=clock) is None
    monkeypatch.delitem(TROUBLES, "kill")
    clock.at += timedelta(seconds=1)
    assert write_waiting_files(clock=clock) == file
    file.refresh_from_db()
    assert (file.state, file.rows_done, file.attempt_count) == (State.READY, 3_000, 2)
    assert len(open_stored(file).read().splitlines()) == 3_001
    assert AuditEvent.objects.count() == 1


def test_what_a_dead_worker_left_on_the_disk_goes_with_the_next_attempt(ask, clock):
    file = ask()
    left = Path(default_storage.path("exports")) / f"{file.pk}.7.part"
    left.mkdir(parents=True)
    (left / "berkas.csv").write_text("half")
    write_waiting_files(clock=clock)
    assert [path.name for path in leftovers(file)] == [f"{file.pk}.csv"]


def test_a_file_that_kills_its_workers_is_given_up(ask, clock):
    file = ask(trouble="kill")
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            write_waiting_files(clock=clock)
        clock.at += LEASE
    assert write_waiting_files(clock=clock) is None
    file.refresh_from_db()
    assert (file.state, file.failure, file.attempt_count) == (State.FAILED, GIVEN_UP, MAX_ATTEMPTS)


def test_who_lost_the_lease_finishes_nothing(ask, clock):
    file = ask()
    GeneratedFile.objects.update(state=State.RUNNING, lease_until=clock() + LEASE)
    slow = _Work(GeneratedFile.objects.get(), clock)
    GeneratedFile.objects.update(lease_until=clock() + 2 * LEASE)
    with pytest.raises(LostLease):
        slow.finish("exports/x.csv", open_export(slow.file.export, user=slow.file.owner, params=slow.file.params))
    slow.fail("Gagal.")
    file.refresh_from_db()
    assert (file.state, file.path, file.failure) == (State.RUNNING, "", "")
    assert not AuditEvent.objects.exists()


def test_the_right_is_asked_for_again_when_the_worker_comes_to_it(ask, clock):
    file = ask()
    Assignment.objects.update(role="official")
    write_waiting_files(clock=clock)
    file.refresh_from_db()
    assert (file.state, file.failure, file.path) == (State.FAILED, NO_LONGER_ALLOWED, "")
    assert leftovers(file) == []


def test_somebody_whose_account_was_closed_gets_no_file(ask, admin, clock):
    file = ask()
    type(admin).objects.update(is_active=False)
    write_waiting_files(clock=clock)
    file.refresh_from_db()
    assert file.state == State.FAILED


def test_the_task_of_the_timetable_writes_what_waits(ask):
    file = ask()
    tasks.write_waiting_files()
    file.refresh_from_db()
    assert file.state == State.READY
    assert tasks.write_waiting_files.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert tasks.write_waiting_files.name in current_app.tasks


def test_data_in_full_are_not_written_for_somebody_who_lost_the_right_meanwhile(ask, clock, monkeypatch):
    file = ask()
    GeneratedFile.objects.update(is_unmasked=True, purpose="Verifikasi data")
    monkeypatch.setitem(RIGHTS, "admin", RIGHTS["admin"] - {Right.EXPORT_IDENTITY})
    write_waiting_files(clock=clock)
    file.refresh_from_db()
    assert (file.state, file.failure) == (State.FAILED, NO_LONGER_ALLOWED)
