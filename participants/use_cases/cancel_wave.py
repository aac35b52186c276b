"""A wave is called off; its heads may be poured into other waves of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from participants.corrections import correct_told, impact
from participants.models import Attendance, Enrolment, EnrolmentMove, Reminder
from participants.moving import free_seats, locked_waves, move
from participants.queries.pouring import DISTRICT, DistrictHeads, heads_by_district
from participants.use_cases._moving import locked_people, record_move, refuse_target, who
from programs.errors import Refusal
from programs.models import HallBooking, Wave, WaveArea
from programs.use_cases._editing import refuse_stale
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.regions.codes import is_within, within_q
from sessions.bookings import rebook_wave
from sessions.speaker_notices import correct_speakers

LONGEST_REASON = 300


@dataclass(frozen=True)
class Cancelled:
    """People told something before, of all participants, and participants given another wave."""

    told: int
    poured: int


@transaction.atomic
def cancel_wave(
    *, wave: Wave, version: int, reason: str, targets: Mapping[str, int], actor: User, now: datetime
) -> Cancelled:
    """`targets` gives for a kecamatan (code) the wave (key) that takes its heads; the others stay where they are.

    Does: pours the heads with their history and hands over their areas, frees the remaining areas, the hall, the
    speakers and the waiting list, closes reminders and what waits in the outbox; the rest stays readable.
    Refuses: an edit on top of a version that somebody else has changed (StaleEdit); a wave that is over, was
    cancelled before or has attendance; no reason; a target that cannot take people or has too few seats.
    Tells: everybody who was told something, once: the poured of their new wave, the others of the cancellation; the
    speakers. Nobody else. It cannot be undone.
    """
    waves = locked_waves({wave.pk, *targets.values()})
    row = waves[wave.pk]
    refuse_stale(row, row.group, version)
    _refuse(row, now)
    reason = " ".join(reason.replace("\0", " ").split())
    if not reason:
        raise Refusal("Isi alasan pembatalan. Peserta membacanya dalam pesan.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"Alasan paling panjang {LONGEST_REASON} huruf.", field="reason")
    found = {entry.district.code: entry for entry in heads_by_district(row)}
    targets = {code: key for code, key in targets.items() if code in found}
    if not waves.keys() >= set(targets.values()):
        raise Refusal("Gelombang pengganti tidak ditemukan. Pilih ulang dari daftar.")
    told = impact(row).told
    areas = "; ".join(area.full_name for area in row.wave_areas.select_related("region"))
    takers = {code: waves[key] for code, key in targets.items()}
    poured = _pour(row, takers, found, reason, actor, now)
    _hand_over_areas(row, takers)
    row.cancelled_at, row.cancel_reason, row.version = now, reason, row.version + 1
    row.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    row.reminders.filter(state=Reminder.State.PENDING).update(state=Reminder.State.SKIPPED, closed_at=now)
    row.waiting_places.filter(closed_at=None).update(closed_at=now)
    HallBooking.objects.filter(wave=row).delete()
    rebook_wave(row, {})
    correct_told(Enrolment.objects.filter(wave=row), now=now)
    correct_speakers(row, now=now)
    record(
        at=now,
        actor=actor,
        action="wave.cancelled",
        sentence=(
            f"Membatalkan {row.title} {row.program.name} ({row.span_words}; {areas}): {thousands(told)} ketua RT yang "
            f"sudah diberi tahu dikabari, {thousands(poured)} dialihkan ke gelombang lain. Alasan: {reason}"
        ),
        region_code=row.program.region_id,
        subject=row.group,
        data={"version": row.version, "told": told, "poured": poured, "targets": dict(targets)},
    )
    return Cancelled(told=told, poured=poured)


def _refuse(wave: Wave, now: datetime) -> None:
    if wave.is_cancelled:
        raise Refusal("Gelombang ini sudah dibatalkan.")
    if now >= wave.ends_at:
        raise Refusal("Gelombang ini sudah selesai, jadi tidak dapat dibatalkan.")
    if Attendance.objects.filter(session__wave=wave).exists():
        raise Refusal("Kehadiran gelombang ini sudah dicatat, jadi tidak dapat dibatalkan.")


def _pour(
    row: Wave, takers: dict[str, Wave], found: dict[str, DistrictHeads], reason: str, actor: User, now: datetime
) -> int:
    poured = 0
    for target in sorted(set(takers.values()), key=lambda wave: wave.pk):
        codes = [code for code, taker in takers.items() if taker == target]
        _refuse_target(row, target, sum(found[code].heads for code in codes), now)
        keys = Enrolment.objects.filter(within_q("village_id", codes), wave=row).active().values_list("pk", flat=True)
        if people := locked_people(keys):
            cause = EnrolmentMove.Cause.POURED
            poured += move(enrolments=people, to_wave=target, cause=cause, reason=reason, actor=actor, now=now)
            sentence = f"Menerima {who(people)} dari {row.title}, yang dibatalkan: {reason}"
            record_move([target], people, sentence, action="participants.poured", actor=actor, now=now)
    return poured


def _refuse_target(row: Wave, target: Wave, heads: int, now: datetime) -> None:
    if target.pk == row.pk:
        raise Refusal("Pilih gelombang lain sebagai pengganti.")
    try:
        refuse_target(target, row.program_id, now)
    except InputError as refusal:
        raise Refusal(refusal.sentence) from refusal
    needed, free = heads * target.program.seats_per_head, free_seats(target)
    if needed > free:
        raise Refusal(
            f"{target.title} tinggal mempunyai {thousands(max(free, 0))} kursi, sedangkan yang dialihkan memerlukan "
            f"{thousands(needed)}. Bagi ke gelombang lain, atau alihkan sebagian saja."
        )


def _hand_over_areas(row: Wave, takers: dict[str, Wave]) -> None:
    """Newcomers of a poured kecamatan belong to its new wave; what nobody takes is free for another wave."""
    # People come into a catch-up wave by hand, not by area.
    lasting = {code: taker for code, taker in takers.items() if not taker.is_catch_up}
    for area in row.wave_areas.all():
        code = area.region_id
        if taker := lasting.get(code[:DISTRICT]):
            area.wave = taker
            area.save(update_fields=["wave"])
            continue
        area.delete()
        WaveArea.objects.bulk_create(
            WaveArea(program_id=row.program_id, wave=taker, region_id=district)
            for district, taker in lasting.items()
            if len(code) < DISTRICT and is_within(district, code)
        )
