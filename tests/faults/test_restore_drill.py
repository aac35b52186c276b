"""The restore drill: a portal full of people is backed up while they write, and comes back on an empty server."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rtportal.env import BASE_DIR
from rtportal.operations.backups.layout import DATABASE
from rtportal.operations.backups.postgresql import program
from tests.infra.inside import Inside
from tests.infra.portal import Portal, wait_until
from tests.rtportal.operations.servers import EmptyServer, members_of, new_key

pytestmark = [pytest.mark.faults, pytest.mark.slow]

SEED = """
import json
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from participants.links import personal_path
from participants.models import Enrolment, RTHead
from participants.nik_store import digest_of, sealed
enrolments = Enrolment.objects.filter(invited_at__isnull=False, link_revoked_at=None, village__code__startswith="63.09")
enrolments = list(enrolments.select_related("head").order_by("-wave__starts_at", "pk")[:40])
niks = [f"63090612037{number:05}" for number in range(1, 41)]
for nik, enrolment in zip(niks, enrolments):
    RTHead.objects.filter(pk=enrolment.head_id).update(nik_encrypted=sealed(nik), nik_digest=digest_of(nik))
for number in range(30):
    default_storage.save(f"materials/bahan-{number}.pdf", ContentFile(bytes([number]) * (number * 40_000)))
print(json.dumps({"niks": niks, "link": personal_path(enrolments[0].link_id), "wave": enrolments[0].wave_id,
    "head": enrolments[0].head.name}))
"""
# Somebody's morning: a file, then the row that names it, again and again until told to stop.
WRITE = """
import time
from pathlib import Path
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from rtportal.audit.record import record
from rtportal.lib import clock
number = 0
while not Path({stop!r}).exists():
    number += 1
    name = default_storage.save(f"{folder}/{{number}}.bin", ContentFile(b"x" * 5000))
    with transaction.atomic():
        for part in range(3):
            record(at=clock.now(), actor=None, action="drill.written", sentence="Latihan.", region_code="63.09",
                subject="drill:{folder}", data={{"path": name, "number": number, "part": part}})
    Path({begun!r}).touch()
    time.sleep(0.02)
print(number)
"""
DIGESTS = """
import hashlib, json
from django.apps import apps
from rtportal.audit.models import AuditEvent
from rtportal.operations.models import BackupRun
told = {}
for model in apps.get_models(include_auto_created=True):
    if model not in (AuditEvent, BackupRun) and model._meta.managed:
        rows = sorted(repr(row) for row in model._base_manager.values_list())
        told[model._meta.label] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
print(json.dumps(told))
"""
WRITTEN = """
import json
from rtportal.audit.models import AuditEvent
rows = AuditEvent.objects.filter(action="drill.written").order_by("pk")
print(json.dumps([[row.subject, row.data["number"], row.data["part"], row.data["path"]] for row in rows]))
"""
LOOK_AROUND = """
import json, re
from django.test import Client
from rtportal.accounts.models import User
from participants.models import RTHead
from participants.nik_store import masked, opened
visitor = Client(headers={{"host": "localhost"}})
page = visitor.get({link!r})
official = Client(headers={{"host": "localhost"}})
official.force_login(User.objects.get(email="admin.tabalong@contoh.invalid"))
roster = official.get("/gelombang/{wave}/peserta/")
kept = RTHead.objects.exclude(nik_encrypted="").first().nik_encrypted
print(json.dumps({{"link": [page.status_code, {head!r} in page.content.decode()], "roster": roster.status_code,
    "masked": masked(kept), "opened": opened(kept), "shown": roster.content.decode()}}))
"""


class Writer(threading.Thread):
    """Writes into the portal until `stop`; `number` is then how many times it did."""

    def __init__(self, portal: Portal, folder: str, tmp_path: Path) -> None:
        super().__init__(daemon=True)
        self._inside = Inside(portal.env)
        self._stop_file, self._begun = tmp_path / f"{folder}.stop", tmp_path / f"{folder}.begun"
        self._code = WRITE.format(stop=str(self._stop_file), begun=str(self._begun), folder=folder)
        self.number = 0

    def run(self) -> None:
        self.number = int(self._inside.run(self._code, timeout=300))
        self._inside.stop()

    def begin(self) -> None:
        self.start()
        wait_until(self._begun.exists, 60, "somebody writes")

    def stop(self) -> None:
        self._stop_file.touch()
        self.join()


def test_a_portal_backed_up_while_people_write_comes_back_whole(
    portal_database: str, new_postgres_database: Callable[[], str], tmp_path: Path
) -> None:
    key, public = new_key(tmp_path)
    wrong_key, _ = new_key(tmp_path, "wrong.txt")
    folder = tmp_path / "backups"
    with Portal(database_url=portal_database, start=False, env={"BACKUP_RECIPIENTS": public}) as portal:
        portal.manage("load_regions")
        portal.manage("demo")
        seeded = json.loads(portal.python(SEED))
        writers = [Writer(portal, name, tmp_path) for name in ("pagi", "siang")]
        for writer in writers:
            writer.begin()
        portal.manage("backup", "--to", str(folder))
        for writer in writers:
            writer.stop()
        assert list(portal.var_dir.glob("backup-*")) == []
        [archive] = folder.glob("*.age")
        at_home = json.loads(portal.python(DIGESTS))
        written = json.loads(portal.python(WRITTEN))
        files = {
            path.relative_to(portal.var_dir): path.read_bytes() for path in (portal.var_dir / "files").rglob("*.*")
        }

    no_nik_lies_open(archive, key, seeded["niks"])

    server = EmptyServer(new_postgres_database() if portal_database else "")
    (server.var_dir / "static").symlink_to(portal.var_dir / "static")
    refuses_what_is_not_whole(server, archive, key, wrong_key, tmp_path)

    done = server.restore(archive, key)
    assert done.returncode == 0, done.stderr
    assert "utuh" in done.stdout
    assert json.loads(server.python(DIGESTS)) == at_home
    back = json.loads(server.python(WRITTEN))
    # A moment in the middle of the writing, in which no transaction is half there and no row names an absent file.
    assert 0 < len(back) < len(written)
    assert len(back) % 3 == 0
    assert {tuple(row) for row in back} < {tuple(row) for row in written}
    assert all((server.var_dir / "files" / path).exists() for *_, path in back)
    for name, content in files.items():
        if "materials" in name.parts:
            assert (server.var_dir / name).read_bytes() == content
    for path in (server.var_dir / "files").rglob("*.*"):
        assert path.read_bytes() == files[path.relative_to(server.var_dir)]

    seen = json.loads(server.python(LOOK_AROUND.format(**seeded)))
    assert seen["link"] == [200, True]
    assert seen["roster"] == 200
    assert seen["opened"] in seeded["niks"]
    assert "••••" in seen["masked"]
    assert not any(nik in seen["shown"] for nik in seeded["niks"])

    again = server.restore(archive, key)
    assert again.returncode == 1
    assert "kosong" in again.stderr


def no_nik_lies_open(archive: Path, key: Path, niks: list[str]) -> None:
    members = members_of(archive, key)
    dump = b"".join(data for name, data in sorted(members.items()) if name.startswith(DATABASE))
    if dump.startswith(b"PGDMP"):
        readable = subprocess.run([program("pg_restore", 0), "--file=-"], input=dump, capture_output=True, check=True)
        dump = readable.stdout
        assert b"COPY public.participants_rthead" in dump
    for nik in niks:
        assert nik.encode() not in dump
    sealed = archive.read_bytes()
    assert not any(nik.encode() in sealed for nik in niks)
    # That it is the archive of these people is shown by what is not secret.
    assert b"Tabalong" in dump
    assert b"Tabalong" not in sealed


def refuses_what_is_not_whole(server: EmptyServer, archive: Path, key: Path, wrong_key: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut": whole[:middle],
        "cut where a block ends": whole[: len(whole) - len(whole) % 65552],
        "altered": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    }
    for name, data in damaged.items():
        path = tmp_path / f"{name}.tar.age"
        path.write_bytes(data)
        done = server.restore(path, key)
        assert done.returncode == 1, name
        assert "Tidak ada yang dipulihkan" in done.stderr, name
        path.unlink()
    done = server.restore(archive, wrong_key)
    assert done.returncode == 1
    assert "kuncinya bukan kunci arsip ini" in done.stderr
    assert server.holdings() in ([], ["rtportal.sqlite3"])
    checked = server.restore(archive, key, "--check")
    assert checked.returncode == 0, checked.stderr
    assert server.holdings() in ([], ["rtportal.sqlite3"])


def test_a_backup_killed_in_the_middle_leaves_no_archive_and_does_not_stop_the_next_one(
    portal_database: str, tmp_path: Path
) -> None:
    key, public = new_key(tmp_path)
    folder = tmp_path / "backups"
    with Portal(database_url=portal_database, start=False, env={"BACKUP_RECIPIENTS": public}) as portal:
        large = portal.var_dir / "files" / "materials" / "besar.bin"
        large.parent.mkdir(parents=True)
        with large.open("wb") as file:
            file.truncate(400 * 1024 * 1024)
        command = [sys.executable, BASE_DIR / "manage.py", "backup", "--to", str(folder)]
        process = subprocess.Popen(command, env=portal.env, cwd=BASE_DIR)
        wait_until(lambda: drafts(folder) and drafts(folder)[0].stat().st_size > 10_000_000, 60, every=0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(drafts(folder)) == 1
        assert list(folder.glob("*.age")) == []

        # A second later it has another name.
        time.sleep(1.1)
        memory = peak_memory_of(command, portal.env)
        assert memory < 250 * 1024, f"{memory} KiB for a file of 400 MiB"
        assert drafts(folder) == []
        [archive] = folder.glob("*.age")
        assert list(portal.var_dir.glob("backup-*")) == []
    done = EmptyServer(portal_database).restore(archive, key, "--check")
    assert done.returncode == 0, done.stderr


def drafts(folder: Path) -> list[Path]:
    return list(folder.glob("*.part"))


def peak_memory_of(command: list, env: dict[str, str]) -> int:
    """KiB; the command must succeed. Not what the system tells at its end: that counts in whoever started it."""
    process = subprocess.Popen(command, env=env, cwd=BASE_DIR)
    peak = 0
    while process.poll() is None:
        told = Path(f"/proc/{process.pid}/status").read_text()
        peak = max([peak, *(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.02)
    assert process.returncode == 0
    return peak
