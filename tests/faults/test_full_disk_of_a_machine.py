"""A disk without one byte left under a real portal and its backup: a sentence, nothing half written, and recovery."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from rtportal.env import BASE_DIR
from tests.faults.browser import EMAIL, PASSWORD, Browser
from tests.infra.portal import Portal
from tests.infra.small_disk import SmallDisk
from tests.infra.temporary import temporary_folder
from tests.rtportal.operations.servers import new_key

pytestmark = [pytest.mark.faults, pytest.mark.slow]
PREPARE = f"""
from tests import factories
factories.regions(factories.TABALONG)
user = factories.user(email={EMAIL!r})
user.set_password({PASSWORD!r})
user.save()
"""
VENUES = """
from programs.models import Venue
from rtportal.audit.models import AuditEvent
print(Venue.objects.count(), AuditEvent.objects.filter(action="venue.created").count())
"""
INTEGRITY = """
from django.db import connection
with connection.cursor() as cursor:
    print(cursor.execute("PRAGMA integrity_check").fetchone()[0])
"""
FILES = """
import os
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
for number in range(6):
    default_storage.save(f"materials/{number}.pdf", ContentFile(os.urandom(1_000_000)))
"""
FAULTS = "from rtportal.operations.models import BackupRun; print([run.fault for run in BackupRun.objects.all()])"
FULL = "Tempat penyimpanan penuh: cadangan tidak dibuat"


def add_venue(browser: Browser, number: int) -> requests.Response:
    typed = {"name": f"Balai {number}", "region": "63.09", "address": "Jalan Baru", "capacity": "100"}
    return browser.fill_in("/tempat/tambah/", **typed)


def test_sqlite_on_a_full_disk_says_so_keeps_what_it_has_and_goes_on_when_there_is_room():
    portal = Portal(beat=False, start=False)
    with SmallDisk(portal.var_dir, megabytes=96) as disk, portal:
        portal.python(PREPARE)
        portal.start_web()
        browser = Browser(portal.base_url)
        browser.sign_in()
        browser.show("/tempat/tambah/")
        assert add_venue(browser, 0).status_code == 200
        before = portal.python(VENUES)
        disk.fill()

        met = [add_venue(browser, number) for number in range(1, 60)]
        refused = [one for one in met if one.status_code == 507]
        # What SQLite had taken before the disk was full may hold a few more rows.
        assert {one.status_code for one in met} <= {200, 507}
        assert met[-1] is refused[-1]
        assert "Tempat penyimpanan peladen penuh" in refused[-1].text
        assert "tidak ada yang berubah" in refused[-1].text
        assert "Traceback" not in refused[-1].text
        taken = len(met) - len(refused)
        venues, lines = map(int, portal.python(VENUES).split())
        assert [venues - taken, lines - taken] == list(map(int, before.split()))
        # Who only reads goes on.
        assert browser.show("/tempat/").status_code == 200
        assert portal.python(INTEGRITY) == "ok"

        disk.empty()
        assert add_venue(browser, 99).status_code == 200
        assert int(portal.python(VENUES).split()[0]) == venues + 1
        assert portal.web.exit_code is None


def back_up(portal: Portal) -> subprocess.CompletedProcess:
    command = [sys.executable, BASE_DIR / "manage.py", "backup"]
    return subprocess.run(command, env=portal.env, cwd=BASE_DIR, capture_output=True, text=True, timeout=300)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".writer.lock", "filler"}


def is_refused_in_words(done: subprocess.CompletedProcess) -> None:
    assert done.returncode == 1, done.stderr
    assert FULL in done.stderr
    assert "Traceback" not in done.stderr.split(FULL)[-1]
    assert "No space left" not in done.stderr.splitlines()[-1]


def test_a_backup_without_room_keeps_the_older_archive_and_is_made_when_there_is_room(portal_database, tmp_path):
    folder = temporary_folder("backups")
    key, public = new_key(tmp_path)
    env = {"BACKUP_FOLDER": str(folder), "BACKUP_RECIPIENTS": public}
    with SmallDisk(folder, megabytes=12) as disk, Portal(database_url=portal_database, env=env, start=False) as portal:
        first = back_up(portal)
        assert first.returncode == 0, first.stderr
        [older] = left_in(folder)
        portal.python(FILES)
        disk.fill()
        # A little room, which is not enough.
        os.truncate(folder / "filler", (folder / "filler").stat().st_size - 2_000_000)
        is_refused_in_words(back_up(portal))
        assert left_in(folder) == {older}
        assert not list(portal.var_dir.glob("backup-*"))
        assert FULL in portal.python(FAULTS)
        # No room at all, not even for the lock of the first time.
        disk.fill()
        is_refused_in_words(back_up(portal))
        assert left_in(folder) == {older}

        disk.empty()
        again = back_up(portal)
        assert again.returncode == 0, again.stderr
        [newer] = left_in(folder) - {older}
        portal.manage("restore", "--check", "--from", str(folder / newer), "--identity", str(key))


def test_a_backup_of_sqlite_that_cannot_even_be_written_down_says_so(tmp_path):
    folder = temporary_folder("backups")
    _, public = new_key(tmp_path)
    env = {"BACKUP_FOLDER": str(folder), "BACKUP_RECIPIENTS": public}
    portal = Portal(env=env, start=False)
    with SmallDisk(portal.var_dir, megabytes=96) as disk, portal:
        portal.python(PREPARE)
        disk.fill()
        is_refused_in_words(back_up(portal))
        assert left_in(folder) == set()
        assert not list(portal.var_dir.glob("backup-*"))
        disk.empty()
        done = back_up(portal)
        assert done.returncode == 0, done.stderr
