"""Restoring a backup into an empty server."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pyrage

from rtportal.audit import remembered_head
from rtportal.operations.backups.contents import files_folder
from rtportal.operations.backups.databases import Target, target
from rtportal.operations.backups.keys import put_keys
from rtportal.operations.backups.layout import DATABASE, FILES, FORMAT, KEYS, MANIFEST, Manifest
from rtportal.operations.backups.sealing import identities_from, opened
from rtportal.operations.backups.unpacking import FOREIGN, Member, Unpacking
from rtportal.operations.errors import BackupError, RestoreError
from rtportal.operations.known_migrations import known_migrations, needed_migrations


@dataclass
class Restored:
    """What an archive held. `to_set` names key variables that this server's environment must get or lose; `waiting`
    migrations of this version that the archive did not have yet.
    """

    manifest: Manifest
    files: int = 0
    to_set: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def restore_backup(*, archive: Path, identity: Path, only_check: bool = False) -> Restored:
    """Does: read the archive once to its end and compare every checksum; then, unless `only_check`, read it again into
    the empty database and files folder, compare rows and checksums of each table, and put database, files and keys in
    their places. This machine forgets which head of the history it saw last.
    Refuses (RestoreError): a wrong key, a cut or altered archive, another kind of database, a portal older than the
    archive, a database or folder that is not empty, tables that differ; then nothing is left of the attempt.
    Tells: nobody.
    """
    keys = identities_from(identity)
    if not archive.is_file():
        raise RestoreError(f"Arsip {archive} tidak ada.")
    try:
        place = target()
        if not only_check:
            _refuse_unless_empty(place)
        restored = _check(archive, keys, place)
        if not only_check:
            _restore(archive, keys, place, restored)
    except BackupError as error:
        raise RestoreError(error.sentence) from error
    return restored


def _refuse_unless_empty(place: Target) -> None:
    place.refuse_unless_empty()
    folder = files_folder()
    if folder.exists() and any(path.is_file() for path in folder.rglob("*")):
        raise RestoreError(f"Folder {folder} sudah berisi berkas. Pemulihan hanya ke folder kosong.")


def _check(archive: Path, keys: list[pyrage.x25519.Identity], place: Target) -> Restored:
    """Reads all of it and writes nothing."""
    restored = None
    with opened(archive, keys) as stream:
        for member in Unpacking(stream).members():
            if restored is None:
                restored = Restored(_manifest(member))
                restored.waiting = _compare_versions(restored.manifest, place)
            elif member.name.startswith(FILES):
                restored.files += 1
            for _ in member.chunks:
                pass
    if restored is None:
        raise RestoreError(FOREIGN)
    return restored


def _manifest(member: Member) -> Manifest:
    if member.name != MANIFEST:
        raise RestoreError(FOREIGN)
    try:
        manifest = Manifest.from_dict(json.loads(member.read()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RestoreError(FOREIGN) from error
    if manifest.format != FORMAT:
        raise RestoreError(FOREIGN)
    return manifest


def _compare_versions(manifest: Manifest, place: Target) -> list[str]:
    """Migrations that this portal has and the archive has not. Raises RestoreError if it is the other way round."""
    if manifest.database != place.kind:
        raise RestoreError(
            f"Arsip ini berasal dari {manifest.server}; basis data server ini lain jenis ({place.kind}). "
            "Pulihkan ke basis data yang sejenis."
        )
    applied = set(manifest.migrations)
    if unknown := applied - {".".join(key) for key in known_migrations()}:
        raise RestoreError(
            f"Arsip ini dibuat oleh portal yang lebih baru (versi {manifest.version}); {len(unknown)} perubahan tabel "
            "belum dikenal di sini. Pasang versi itu dahulu."
        )
    return sorted({".".join(key) for key in needed_migrations()} - applied)


def _restore(archive: Path, keys: list[pyrage.x25519.Identity], place: Target, restored: Restored) -> None:
    files = files_folder()
    draft = files.with_name(files.name + ".restoring")
    shutil.rmtree(draft, ignore_errors=True)
    held: dict[str, bytes] = {}
    try:
        with opened(archive, keys) as stream:
            members = Unpacking(stream).members()
            # Loading takes the pieces of the dump and leaves the first member after them.
            rest: list[Member] = []
            place.load(_dump(members, held, rest))
            for member in chain(rest, members):
                _put(member, draft)
        if (found := place.tables()) != restored.manifest.tables:
            differing = sorted(
                name
                for name in found.keys() | restored.manifest.tables.keys()
                if found.get(name) != restored.manifest.tables.get(name)
            )
            raise RestoreError(f"Isi tabel tidak sama dengan arsip: {', '.join(differing[:10])}. Dibatalkan.")
        restored.to_set = put_keys(json.loads(held[KEYS]))
        _take_place(draft, files)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        place.discard()
        if isinstance(error, OSError):
            raise RestoreError(f"Pemulihan tidak dapat menulis: {error.strerror}. Dibatalkan.") from error
        raise
    place.keep()
    # What this machine saw was another database's; the restored one may well be older.
    remembered_head.forget()


def _dump(members: Iterator[Member], held: dict[str, bytes], rest: list[Member]) -> Iterator[bytes]:
    for member in members:
        if member.name.startswith(DATABASE):
            yield from member.chunks
        elif member.name.startswith(FILES):
            rest.append(member)
            return
        else:
            held[member.name] = member.read()


def _put(member: Member, draft: Path) -> None:
    path = draft / member.name.removeprefix(FILES)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in member.chunks:
            file.write(chunk)


def _take_place(draft: Path, files: Path) -> None:
    draft.mkdir(mode=0o700, parents=True, exist_ok=True)
    if files.exists():
        # Empty folders, as was made sure before.
        shutil.rmtree(files)
    draft.replace(files)
