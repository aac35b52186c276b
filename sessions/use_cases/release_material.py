"""A file of a session is shared with the participants, or no longer."""

from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from rtportal.accounts.models import User
from rtportal.audit.record import record
from sessions.models import Material


@transaction.atomic
def release_material(*, material: Material, is_released: bool, actor: User, now: datetime) -> None:
    """The caller has checked Right.SCHEDULE.

    Does: lets every participant of the wave fetch the file through the personal link, or ends that. Nothing if it
    stands so already.
    Refuses (Refusal): a file that was deleted meanwhile.
    Tells: one audit line at the wave; participants find it on their page.
    """
    rows = Material.objects.select_for_update(of=("self",), no_key=True).select_related("session__wave__program")
    row = rows.filter(pk=material.pk).first()
    if row is None:
        raise Refusal("Berkas ini sudah tidak ada.")
    if bool(row.released_at) == is_released:
        return
    row.released_at = now if is_released else None
    row.save(update_fields=["released_at"])
    deed = "Membagikan" if is_released else "Berhenti membagikan"
    record(
        at=now,
        actor=actor,
        action="material.released" if is_released else "material.withheld",
        sentence=f"{deed} materi “{row.name}” dari sesi “{row.session.title}” kepada peserta.",
        region_code=row.session.wave.program.region_id,
        subject=row.session.wave.group,
        data={"session": row.session_id, "material": str(row.pk)},
    )
