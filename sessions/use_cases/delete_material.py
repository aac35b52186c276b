"""A file of a session is taken away."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.audit.record import record
from sessions import material_store
from sessions.models import Material, Speaker

LONGEST_REASON = 300


@transaction.atomic
def delete_material(
    *, material: Material, speaker: Speaker | None = None, actor: User | None = None, reason: str = "", now: datetime
) -> None:
    """`speaker` takes away a file of their own; an official (`actor`) any file, and says why.

    Does: deletes row and file; nothing if they are gone already.
    Refuses (Refusal): a speaker whose file it is not, an official without a reason.
    Tells: one audit line at the wave.
    """
    line = " ".join(reason.replace("\0", "").split())[:LONGEST_REASON]
    if actor and not line:
        raise Refusal("Isi alasan menghapus materi ini.", field="reason")
    rows = Material.objects.select_for_update(of=("self",)).select_related("session__wave__program")
    row = rows.filter(pk=material.pk).first()
    if row is None:
        return
    if speaker and row.speaker_id != speaker.pk:
        raise Refusal("Berkas ini bukan unggahan Bapak/Ibu, jadi hanya penyelenggara yang dapat menghapusnya.")
    session, path = row.session, row.path
    row.delete()
    # Not before the row is gone for good.
    transaction.on_commit(lambda: material_store.remove(path))
    record(
        at=now,
        actor=actor,
        actor_label=speaker.title if speaker else "",
        action="material.deleted",
        sentence=f"Menghapus materi “{row.name}” dari sesi “{session.title}”" + (f": {line}" if line else "") + ".",
        region_code=session.wave.program.region_id,
        subject=session.wave.group,
        data={"session": session.pk},
    )
