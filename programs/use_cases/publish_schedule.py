"""Publish a wave's schedule."""

from datetime import datetime

from django.db import transaction

from participants.publishing import agenda_alone_changed, publish
from participants.schedule_change import Acceptance, ChangePreview, preview_change
from programs.errors import Refusal
from programs.models import Wave, WavePublication
from programs.rules import publishing_closed
from programs.use_cases._editing import lock_hall, locked_wave, refuse_stale
from rtportal.accounts.models import User
from rtportal.lib.numbers import thousands

# How a publication keeps that nobody was told of it on purpose.
NOT_TOLD = {"key": "not-told", "sentence": "Peserta sengaja tidak diberi tahu: hanya agenda yang berubah."}


@transaction.atomic
def publish_schedule(
    *,
    wave: Wave,
    version: int,
    acceptance: Acceptance,
    tells_participants: bool = True,
    actor: User | None,
    now: datetime,
) -> WavePublication:
    """Does: makes the wave's present time, hall and agenda its next published version with the warnings that were
    accepted; takes the hall and the speakers who said yes; writes an audit line.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a cancelled wave, one that ended,
    one of which everything is published already; a hall or a speaker that somebody else has at that time; another
    preview than the one accepted, a warning that was not accepted; to keep new hours or another hall from participants.
    Tells: everybody who was told something else, unless only the agenda differs and the official wished otherwise; the
    speakers.
    """
    row = locked_wave(wave.pk)
    refuse_stale(row, row.group, version)
    if closed := publishing_closed(row, now):
        raise Refusal(closed)
    # Speakers are locked, in the order of their keys, where their hours are taken.
    lock_hall(row)
    preview = preview_change(row, reminders_before={})
    _refuse(preview, row, acceptance)
    if not tells_participants and not agenda_alone_changed(row):
        raise Refusal("Waktu atau tempat berubah, jadi peserta yang sudah diberi tahu harus dikabari.", field="quiet")
    acknowledged = preview.acknowledged() + ([] if tells_participants else [NOT_TOLD])
    return publish(wave=row, acknowledged=acknowledged, tells_participants=tells_participants, actor=actor, now=now)


def _refuse(preview: ChangePreview, wave: Wave, acceptance: Acceptance) -> None:
    if not preview.changes:
        raise Refusal("Semua yang ada di jadwal ini sudah terbit. Tidak ada yang perlu diterbitkan lagi.")
    if preview.refused:
        raise Refusal(preview.refusal_words)
    if acceptance.token != preview.token:
        raise Refusal("Jadwal ini berubah sejak halaman ini dibuka. Periksa sekali lagi, lalu terbitkan.")
    missing = [clash for clash in preview.warnings if clash.key not in acceptance.acknowledged]
    if missing:
        raise Refusal(
            f"Centang dahulu setiap peringatan yang Anda setujui: {thousands(len(missing))} belum dicentang.",
            field="warnings",
        )
