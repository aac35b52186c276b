"""A photo for the report of a wave."""

import uuid
from datetime import datetime
from io import BytesIO

from django.db import transaction

from participants.models import WavePhoto
from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.documents import kept_files
from rtportal.documents.trial_print import printable_picture
from rtportal.lib.picture_metadata import without_metadata
from rtportal.lib.pictures import PictureRefused

FOLDER = "photos"
# Bytes, and photos of one wave: all of them stand in one report.
LARGEST_PHOTO = 5 * 1024 * 1024
MOST_PHOTOS = 12
LONGEST_CAPTION = 200


def add_wave_photo(*, wave: Wave, content: bytes, caption: str, by: User, now: datetime) -> WavePhoto:
    """The caller has checked Right.SCHEDULE.

    Does: keeps the picture privately, without what the camera wrote into it.
    Refuses (Refusal, field `photo`): more than 5 MB, neither PNG nor JPEG, broken, too many pixels; the 13th photo.
    Tells: one audit line at the wave.
    """
    if len(content) > LARGEST_PHOTO:
        raise Refusal("Foto ini terlalu besar: paling besar 5 MB.", field="photo")
    try:
        kind = printable_picture(content).kind
    except PictureRefused as refusal:
        raise Refusal(refusal.sentence, field="photo") from refusal
    key = uuid.uuid4()
    path = kept_files.put(FOLDER, key, kind, BytesIO(without_metadata(content)))
    try:
        return _write(wave, WavePhoto(pk=key, path=path, caption=" ".join(caption.split())[:LONGEST_CAPTION]), by, now)
    except BaseException:
        kept_files.remove(path)
        raise


@transaction.atomic
def _write(wave: Wave, photo: WavePhoto, by: User, now: datetime) -> WavePhoto:
    held = locked_wave(wave.pk)
    if WavePhoto.objects.filter(wave=held).count() >= MOST_PHOTOS:
        raise Refusal(f"Laporan memuat paling banyak {MOST_PHOTOS} foto. Hapus satu foto dulu.", field="photo")
    photo.wave, photo.uploaded_by, photo.uploaded_at = held, by, now
    photo.save(force_insert=True)
    record(
        at=now,
        actor=by,
        action="wave.photo_added",
        sentence=f"Menambah foto laporan {held.title}" + (f": {photo.caption}" if photo.caption else "") + ".",
        region_code=held.program.region_id,
        subject=held.group,
        data={"photo": str(photo.pk)},
    )
    return photo
