"""A photo that does not belong into the report."""

from datetime import datetime

from django.db import transaction

from participants.models import WavePhoto
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.documents import kept_files


@transaction.atomic
def delete_wave_photo(*, photo: WavePhoto, by: User, now: datetime) -> None:
    """The caller has checked Right.SCHEDULE; `photo` comes with `wave.program`.

    Does: deletes row and picture; nothing if they are gone already.
    Refuses: nothing.
    Tells: one audit line at the wave.
    """
    deleted, _ = WavePhoto.objects.filter(pk=photo.pk).delete()
    if not deleted:
        return
    # Not before the row is gone for good.
    transaction.on_commit(lambda: kept_files.remove(photo.path))
    record(
        at=now,
        actor=by,
        action="wave.photo_deleted",
        sentence=f"Menghapus foto laporan {photo.wave.title}" + (f": {photo.caption}" if photo.caption else "") + ".",
        region_code=photo.wave.program.region_id,
        subject=photo.wave.group,
        data={"photo": str(photo.pk)},
    )
