"""How a backup is written down, and what stops it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rtportal.audit.models import AuditEvent
from rtportal.operations.backups.folder import only_writer
from rtportal.operations.backups.layout import FILES, KEYS, MANIFEST, Manifest
from rtportal.operations.errors import BackupError
from rtportal.operations.models import BackupRun
from rtportal.operations.use_cases.make_backup import make_backup
from tests.factories import NOW
from tests.rtportal.messaging.letters import Clock
from tests.rtportal.operations.servers import members_of, new_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> Path:
    """A folder of uploads with one file."""
    folder = tmp_path / "files"
    folder.mkdir()
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": folder}}
    }
    (folder / "surat.pdf").write_bytes(b"isi surat")
    return folder


def test_an_archive_holds_database_files_and_keys_and_is_written_down(tmp_path, settings):
    key, public = new_key(tmp_path)
    settings.KEYS_FROM_ENVIRONMENT = {"LINK_KEY": "dari lingkungan"}
    made = make_backup(folder=tmp_path / "b", recipients=[public], keep=3, clock=Clock())
    assert made.path.name == f"rtportal-{NOW:%Y%m%dT%H%M%SZ}.tar.age"

    members = members_of(made.path, key)
    manifest = Manifest.from_dict(json.loads(members[MANIFEST]))
    assert manifest.version == settings.VERSION
    assert any(name.startswith("operations.0001") for name in manifest.migrations)
    assert manifest.tables["django_migrations"].rows == len(manifest.migrations)
    assert members[f"{FILES}surat.pdf"] == b"isi surat"
    assert json.loads(members[KEYS])["environment"] == {"LINK_KEY": "dari lingkungan"}

    run = BackupRun.objects.get()
    assert (run.name, run.size_bytes, run.file_count) == (made.path.name, made.path.stat().st_size, 1)
    [line] = AuditEvent.objects.filter(action="backup.made")
    assert made.path.name in line.sentence


def test_older_archives_go_when_the_new_one_is_there(tmp_path):
    _, public = new_key(tmp_path)
    clock = Clock()
    for _ in range(3):
        made = make_backup(folder=tmp_path / "b", recipients=[public], keep=2, clock=clock)
        clock.at += timedelta(days=1)
    assert len(made.dropped) == 1
    assert len(list((tmp_path / "b").glob("*.age"))) == 2


def test_what_stops_a_backup_is_written_down_and_leaves_no_archive(tmp_path, settings, files):
    _, public = new_key(tmp_path)
    (files / "nama\nburuk").write_bytes(b"")
    with pytest.raises(BackupError, match="Ganti namanya"):
        make_backup(folder=tmp_path / "b", recipients=[public], keep=2, clock=Clock())
    assert "Ganti namanya" in BackupRun.objects.get().fault
    assert [path.name for path in (tmp_path / "b").iterdir()] == [".writer.lock"]
    assert list(settings.VAR_DIR.glob("backup-*")) == []


def test_drafts_that_a_worker_is_writing_are_nobodys_yet(tmp_path, files):
    key, public = new_key(tmp_path)
    (files / "7.1.part").mkdir()
    (files / "7.1.part" / "berkas.xlsx").write_bytes(b"separuh")
    made = make_backup(folder=tmp_path / "b", recipients=[public], keep=2, clock=Clock())
    assert [name for name in members_of(made.path, key) if name.startswith(FILES)] == [f"{FILES}surat.pdf"]


def code_of(*words: str) -> int:
    with pytest.raises(CommandError) as refused:
        call_command("backup", *words)
    return refused.value.returncode


def test_exit_codes_tell_a_timer_what_to_do(tmp_path, settings):
    _, public = new_key(tmp_path)
    assert code_of() == 2
    settings.BACKUP_RECIPIENTS = [public]
    assert code_of("--to", str(tmp_path / "b"), "--keep", "0") == 2
    with only_writer(tmp_path / "b"):
        assert code_of("--to", str(tmp_path / "b")) == 75
    settings.BACKUP_RECIPIENTS = ["age1salah"]
    assert code_of("--to", str(tmp_path / "b")) == 1
    # What another backup is busy with is no failure of ours.
    assert BackupRun.objects.count() == 1
