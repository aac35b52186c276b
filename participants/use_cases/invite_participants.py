"""The invitations of a wave are opened."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from participants.messages import invitations_to
from participants.models import Enrolment, EnrolmentMove
from participants.moving import move
from participants.queries.rehearsal import fingerprint_of
from participants.queries.rehearsal_previews import new_enrolment
from participants.queries.to_invite import heads_of, to_invite
from participants.reminders import plan_reminders
from participants.short_codes import insert_with_codes
from participants.substitutes import turn_back_heads
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.outbox import enqueue

_NO_AREA = "Gelombang ini belum mempunyai wilayah. Pilih dulu wilayah pesertanya."
_NOBODY_TO_CATCH_UP = (
    "Gelombang susulan ini belum mempunyai peserta. Undang yang tidak hadir dari halaman Kehadiran gelombang mereka."
)
_CHANGED = (
    "Peserta, saluran, atau jadwalnya berubah sejak gladi kirim ini dibuat, jadi belum ada yang dikirim. "
    "Periksa gladi kirim yang baru di bawah ini."
)


class InvitationRefused(InputError):
    """The invitations of a wave cannot be opened now."""


@dataclass(frozen=True)
class Invited:
    """People invited just now, how many of those no message can reach, and people who were invited before."""

    new: int
    unreachable: int
    already: int


@transaction.atomic
def invite_participants(*, wave_id: int, by: User, now: datetime, seen: str | None = None) -> Invited:
    """Does: enrols the current heads of the wave's areas and writes each one's invitation into the outbox, all or
    nothing; plans the reminders. Called again it adds only newcomers. A head whom the channel cannot reach is
    enrolled without a message: to be told another way. Those who were absent from an earlier wave and continued in
    this one are written to when it is opened. Whose wave was cancelled and who were given no other one come into this
    one with their history, and are told of it once.
    Refuses (InvitationRefused): a wave whose schedule is a draft or that was cancelled, one that has begun, without
    areas or heads, with more seats needed than the venue has and an official has accepted; people, channels or a
    schedule that are not those of the rehearsal with the fingerprint `seen` any more.
    Tells: the RT heads, through the outbox. Where a newcomer stands in for another head of the wave, that head has to
    answer again and is told so.
    """
    # The programme's row too: two of its waves opened at once must not both enrol the same head.
    rows = Wave.objects.select_for_update(of=("program", "self"), no_key=True)
    wave = rows.select_related("program__region", "venue").get(pk=wave_id)
    people = to_invite(wave, _heads_to_invite(wave, now), is_locked=True)
    stranded, present = people.stranded, Enrolment.objects.filter(wave=wave)
    if seen is not None and fingerprint_of(wave, people) != seen:
        raise InvitationRefused(_CHANGED)
    already = present.count() - len(people.continued)
    _refuse_too_many(wave, present.seated().count() + len(people.newcomers) + len(stranded))

    enrolments = insert_with_codes(new_enrolment(wave, head, now) for head in people.newcomers) + people.continued
    reachable = invitations_to(enrolments, wave, now=now)
    enqueue(reachable, now=now)
    if not wave.invitations_opened_at:
        wave.invitations_opened_at = now
        wave.save(update_fields=["invitations_opened_at"])
    turn_back_heads(wave, now=now)
    if stranded:
        move(enrolments=stranded, to_wave=wave, cause=EnrolmentMove.Cause.POURED, actor=by, now=now)
    plan_reminders(wave=wave, now=now)

    new, unreachable = len(enrolments) + len(stranded), len(enrolments) - len(reachable)
    invited = Invited(new, unreachable, already)
    if invited.new:
        record(
            at=now,
            actor=by,
            action="invitations.opened",
            sentence=(
                f"Undangan {wave.title} dibuka: {thousands(invited.new)} ketua RT diundang, "
                f"{thousands(len(reachable))} mempunyai saluran, "
                f"{thousands(invited.unreachable)} tidak dapat dihubungi"
                + (f", {thousands(len(stranded))} dialihkan dari gelombang yang dibatalkan." if stranded else ".")
            ),
            region_code=wave.program.region_id,
            subject=wave.group,
            data=vars(invited),
        )
    return invited


def _heads_to_invite(wave: Wave, now: datetime) -> list:
    if wave.is_cancelled:
        raise InvitationRefused("Gelombang ini sudah dibatalkan, jadi undangannya tidak dapat dibuka.")
    if wave.is_draft:
        raise InvitationRefused("Jadwal gelombang ini masih draf. Terbitkan dahulu, supaya yang diundang membacanya.")
    if now >= wave.starts_at:
        raise InvitationRefused("Gelombang ini sudah dimulai, jadi undangannya tidak dapat dibuka lagi.")
    if not wave.wave_areas.exists():
        if wave.is_catch_up and wave.enrolments.exists():
            return []
        raise InvitationRefused(_NOBODY_TO_CATCH_UP if wave.is_catch_up else _NO_AREA)
    heads = heads_of(wave)
    if not heads:
        raise InvitationRefused("Belum ada ketua RT di wilayah gelombang ini. Impor dulu daftar ketua RT.")
    return heads


def _refuse_too_many(wave: Wave, people: int) -> None:
    needed = people * wave.program.seats_per_head
    if needed > max(wave.venue.capacity, wave.seats_acknowledged):
        raise InvitationRefused(
            f"Dibutuhkan {thousands(needed)} kursi, sedangkan {wave.venue.name} memuat "
            f"{thousands(wave.venue.capacity)}. Setujui kelebihannya di halaman Ubah gelombang, atau pilih tempat lain."
        )
