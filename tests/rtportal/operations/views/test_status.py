"""The page on which officials read how the portal is doing."""

from datetime import timedelta

import pytest

from rtportal.messaging import channel_health
from rtportal.operations.models import BackupRun
from rtportal.operations.status import BAD, OK, WARN, status_lines
from rtportal.web.health import Trouble
from tests import factories
from tests.factories import NOW
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def look_of(part: str) -> str:
    return {line.part: line.look for line in status_lines(NOW)}[part]


def sentence_of(part: str) -> str:
    return {line.part: line.sentence for line in status_lines(NOW)}[part]


def alive() -> None:
    for name in (channel_health.WORKER, "beat"):
        channel_health.beat(name, now=NOW)


def test_a_portal_that_works_says_so_in_every_line(settings):
    alive()
    settings.BACKUP_FOLDER = str(settings.VAR_DIR)
    BackupRun.objects.create(started_at=NOW, finished_at=NOW, name="rtportal.tar.age", size_bytes=5_000_000)
    looks = {line.part: line.look for line in status_lines(NOW) if not line.part.startswith("Ruang")}
    assert set(looks.values()) <= {OK, "info"}
    assert sentence_of("Cadangan") == "Cadangan terakhir 1 menit yang lalu, 5 MB."


def test_messages_that_wait_too_long_are_pointed_out():
    alive()
    queue(1, 2, 3, due_at=NOW - timedelta(minutes=20))
    assert look_of("Pengiriman pesan") == WARN
    assert sentence_of("Pengiriman pesan") == "3 pesan antre; yang paling lama sudah 20 menit."


def test_a_silent_worker_and_a_silent_timetable_are_told_apart():
    channel_health.beat(channel_health.WORKER, now=NOW)
    channel_health.beat("beat", now=NOW - timedelta(hours=3))
    assert (look_of("Pekerja latar"), look_of("Penjadwal")) == (OK, BAD)
    assert "sejak 3 jam yang lalu" in sentence_of("Penjadwal")


def test_a_channel_out_of_service_is_told(client):
    channel_health.note_trouble("email", detail="Kata sandi ditolak.", until=NOW, now=NOW - timedelta(minutes=30))
    assert look_of("Saluran E-mail") == BAD


def test_the_last_failure_of_a_backup_is_told_beside_the_last_success():
    BackupRun.objects.create(started_at=NOW, finished_at=NOW - timedelta(hours=5), name="rtportal.tar.age")
    BackupRun.objects.create(started_at=NOW, finished_at=NOW, fault="Ruang habis.")
    [line] = [line for line in status_lines(NOW) if line.part == "Cadangan"]
    assert (line.look, line.detail) == (WARN, "Ruang habis.")


@pytest.mark.parametrize("role", ["viewer", "official", "admin"])
def test_only_admins_read_details_that_name_machines(client, role, settings):
    client.force_login(factories.user(role=role))
    page = client.get("/keadaan/").content.decode()
    assert "Keadaan portal" in page
    assert (str(settings.VAR_DIR) in page) == (role == "admin")


def test_it_answers_while_redis_is_away(client, settings, tmp_path):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/tidak-ada.sock"}}
    client.force_login(factories.user())
    response = client.get("/keadaan/")
    assert response.status_code == 200
    assert "Redis tidak menjawab" in response.content.decode()


def test_more_messages_cost_no_query_more(django_assert_max_num_queries, django_assert_num_queries):
    with django_assert_max_num_queries(12) as few:
        status_lines(NOW)
    queue(*range(1, 51))
    with django_assert_num_queries(len(few)):
        status_lines(NOW)


def test_what_other_rooms_know_stands_there_too(monkeypatch):
    known = {"riwayat": lambda now: [Trouble("chain", "Riwayat portal tidak utuh.")]}
    monkeypatch.setattr("rtportal.web.health._sources", known)
    assert sentence_of("Perhatian") == "Riwayat portal tidak utuh."
