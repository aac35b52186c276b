"""The invitations of a wave are opened."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from participants.links import hash_of
from participants.messages import draft_to
from participants.models import Enrolment
from participants.queries.wave_pages import current_heads
from participants.reminders import INVITATION, plan_reminders
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.channels import default_channel
from rtportal.messaging.outbox import enqueue


class InvitationRefused(InputError):
    """The invitations of a wave cannot be opened now."""


@dataclass(frozen=True)
class Invited:
    """People enrolled just now, how many of those no message can reach, and people who were enrolled before."""

    new: int
    unreachable: int
    already: int


@transaction.atomic
def invite_participants(*, wave_id: int, by: User, now: datetime) -> Invited:
    """Does: enrols the current heads of the wave's areas and writes each one's invitation into the outbox, all or
    nothing; plans the reminders. Called again it adds only newcomers. A head whom the channel cannot reach is
    enrolled without a message: to be told another way.
    Refuses (InvitationRefused): a wave that has begun, without areas or heads, with more seats needed than the venue
    has and an official has accepted.
    Tells: the RT heads, through the outbox.
    """
    # The programme's row too: two of its waves opened at once must not both enrol the same head.
    rows = Wave.objects.select_for_update(of=("program", "self"), no_key=True)
    wave = rows.select_related("program__region", "venue").get(pk=wave_id)
    heads = _heads_to_invite(wave, now)
    enrolled = set(Enrolment.objects.filter(wave=wave).values_list("head_id", flat=True))
    newcomers = [head for head in heads if head.pk not in enrolled]
    _refuse_too_many(wave, len(enrolled) + len(newcomers))

    channel = default_channel()
    enrolments = Enrolment.objects.bulk_create(_enrolment(wave, head, now) for head in newcomers)
    drafts = [
        draft_to(
            enrolment,
            channel=channel,
            kind=INVITATION,
            dedupe_key=f"{INVITATION}:{enrolment.pk}",
            group=wave.group,
            expires_at=wave.starts_at,
            now=now,
        )
        for enrolment in enrolments
    ]
    reachable = [draft for draft in drafts if draft]
    enqueue(reachable, now=now)
    if not wave.invitations_opened_at:
        wave.invitations_opened_at = now
        wave.save(update_fields=["invitations_opened_at"])
    plan_reminders(wave=wave, now=now)

    invited = Invited(len(newcomers), len(newcomers) - len(reachable), len(enrolled))
    if invited.new:
        record(
            at=now,
            actor=by,
            action="invitations.opened",
            sentence=(
                f"Undangan {wave.title} dibuka: {thousands(invited.new)} ketua RT diundang, "
                f"{thousands(len(reachable))} lewat pesan, "
                f"{thousands(invited.unreachable)} perlu diberi tahu cara lain."
            ),
            region_code=wave.program.region_id,
            subject=wave.group,
            data=vars(invited),
        )
    return invited


def _heads_to_invite(wave: Wave, now: datetime) -> list:
    if now >= wave.starts_at:
        raise InvitationRefused("Gelombang ini sudah dimulai, jadi undangannya tidak dapat dibuka lagi.")
    if not wave.wave_areas.exists():
        raise InvitationRefused("Gelombang ini belum mempunyai wilayah. Pilih dulu wilayah pesertanya.")
    heads = list(current_heads(wave).select_related("rt").order_by("rt__village_id", "rt__rw", "rt__number"))
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


def _enrolment(wave: Wave, head, now: datetime) -> Enrolment:
    enrolment = Enrolment(
        program_id=wave.program_id, wave=wave, head=head, village_id=head.rt.village_id, invited_at=now
    )
    enrolment.link_hash = hash_of(enrolment.link_id)
    return enrolment
