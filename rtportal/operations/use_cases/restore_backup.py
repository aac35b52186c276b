"""Restoring a backup into an empty server."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pyrage

from rtportal.audit import remembered_head
from rtportal.operations.backups.contents import DRAFT, files_folder
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
    archive, a database or folder that is not empty, tables that differ, no room; then nothing is left of the attempt
    and the keys of this server are as they were.
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
    draft = _draft(folder)
    # One that was killed is begun anew.
    if any(path.is_file() and draft not in path.parents for path in folder.rglob("*")):
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
    draft = _draft(files)
    _remove(draft)
    placed: list[Path] = []
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
        _take_place(draft, files, placed)
        # Last: they overwrite those of this server.
        restored.to_set = put_keys(json.loads(held[KEYS]))
    except BaseException as error:
        for path in (draft, *placed):
            _remove(path)
        place.discard()
        if isinstance(error, OSError):
            raise RestoreError(f"Pemulihan tidak dapat menulis: {error.strerror}. Dibatalkan.") from error
        raise
    place.keep()
    # What this machine saw was another database's; the restored one may well be older.
    remembered_head.forget()


def _draft(files: Path) -> Path:
    """Inside, because the folder may be a disk of its own (several machines share it), whose place nothing can take."""
    return files / f".restoring{DRAFT}"


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


def _take_place(draft: Path, files: Path, placed: list[Path]) -> None:
    """Moves what is in the draft up into the folder; `placed` tells what was moved, also after an error."""
    draft.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in sorted(draft.iterdir()):
        target = files / path.name
        # Empty folders, as was made sure before. A file that came meanwhile is not lost: this ends there.
        for folder, _, _ in os.walk(target, topdown=False):
            Path(folder).rmdir()
        path.rename(target)
        placed.append(target)
    draft.rmdir()


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
