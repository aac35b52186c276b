"""Publish a wave's schedule."""

from datetime import datetime

from django.db import transaction

from participants.publishing import publish
from programs.errors import Refusal
from programs.models import Wave, WavePublication
from programs.use_cases._editing import locked_wave, refuse_stale
from rtportal.accounts.models import User


@transaction.atomic
def publish_schedule(*, wave: Wave, version: int, actor: User | None, now: datetime) -> WavePublication:
    """Does: makes the wave's present time, hall and agenda its next published version, takes hall and speakers.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a cancelled wave, one that ended.
    """
    row = locked_wave(wave.pk)
    refuse_stale(row, row.group, version)
    if row.is_cancelled:
        raise Refusal("Gelombang ini sudah dibatalkan, jadi jadwalnya tidak dapat diterbitkan.")
    if now >= row.ends_at:
        raise Refusal("Gelombang ini sudah selesai, jadi jadwalnya tidak dapat diterbitkan lagi.")
    return publish(wave=row, acknowledged=[], actor=actor, now=now)
