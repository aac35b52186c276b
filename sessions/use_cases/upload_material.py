"""Slides or a paper are added to a session."""

import uuid
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.file_types import FileType, recognise, safe_name
from rtportal.web.uploads import too_large_sentence
from sessions import material_store
from sessions.models import Material, SessionSpeaker, Speaker, TrainingSession

# Whoever holds a link must not be able to fill the disk.
MOST_PER_SESSION = 20


def upload_material(
    *,
    session: TrainingSession,
    name: str,
    content: BinaryIO,
    size: int,
    speaker: Speaker | None = None,
    actor: User | None = None,
    now: datetime,
) -> Material:
    """Either `speaker` or `actor` uploads; the caller has checked that they may. `size` in bytes.

    Does: keeps the file privately under a name of ours, and what it was called beside it.
    Refuses (InputError, nothing kept): an empty or too large file, content that is not what the name says, a session
    deleted meanwhile or full of files, a speaker who has no part in it.
    Tells: one audit line at the wave.
    """
    if size > settings.LARGEST_UPLOAD:
        raise Refusal(too_large_sentence())
    file_type = recognise(name, content)
    key = uuid.uuid4()
    path = material_store.put(key, file_type.extension, content)
    try:
        return _keep(key, path, session, safe_name(name, file_type), file_type, size, speaker, actor, now)
    except BaseException:
        material_store.remove(path)
        raise


@transaction.atomic
def _keep(
    key: uuid.UUID,
    path: str,
    session: TrainingSession,
    name: str,
    file_type: FileType,
    size: int,
    speaker: Speaker | None,
    actor: User | None,
    now: datetime,
) -> Material:
    # Two uploads at once must not both find the last free place.
    rows = TrainingSession.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("wave__program").filter(pk=session.pk).first()
    if row is None:
        raise Refusal("Sesi ini baru saja dihapus oleh petugas.")
    if speaker and not SessionSpeaker.objects.filter(session=row, speaker=speaker).exists():
        raise Refusal("Sesi ini sedang diubah oleh penyelenggara. Hubungi nomor telepon di bawah.")
    if row.materials.count() >= MOST_PER_SESSION:
        raise Refusal(f"Sesi ini sudah mempunyai {MOST_PER_SESSION} berkas. Hapus salah satu dahulu.")
    made = Material.objects.create(
        id=key,
        session=row,
        speaker=speaker,
        uploaded_by=actor,
        uploaded_at=now,
        name=name,
        path=path,
        content_type=file_type.content_type,
        size=size,
    )
    record(
        at=now,
        actor=actor,
        actor_label=speaker.title if speaker else "",
        action="material.uploaded",
        sentence=f"Mengunggah materi “{name}” pada sesi “{row.title}”.",
        region_code=row.wave.program.region_id,
        subject=row.wave.group,
        data={"session": row.pk, "material": str(key)},
    )
    return made
