"""The speakers of a wave are asked whether they come."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programs.errors import Refusal
from programs.models import Wave
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from rtportal.messaging.outbox import enqueue
from sessions.links import give_new_link
from sessions.models import Speaker, SpeakerInvitation
from sessions.speaker_drafts import SpeakerRoutes, invitation_draft
from sessions.speaker_facts import own_sessions, speakers_in
from sessions.speaker_told import heard_by


@dataclass(frozen=True)
class SpeakersInvited:
    """Speakers invited just now, messages written just now, and speakers whom no message can reach."""

    new: int
    told: int
    unreachable: int


@transaction.atomic
def invite_speakers(*, wave: Wave, by: User, now: datetime) -> SpeakersInvited:
    """The caller has checked Right.SCHEDULE where the wave is held.

    Does: invites everybody with a part in the published schedule who has not declined, and gives each a personal
    link. Called again it adds newcomers, those who can be reached by now, and those whose message came to
    nothing; nobody who was told gets a second message. Whom no
    message reaches has a link that the office hands over itself.
    Refuses (Refusal): a draft, a cancelled wave, one that is over, one without speakers.
    Tells: the speakers, through the outbox; one audit line at the wave.
    """
    row = locked_wave(wave.pk)
    if row.is_cancelled:
        raise Refusal("Gelombang ini sudah dibatalkan, jadi narasumbernya tidak dapat diundang.")
    if row.publication is None:
        raise Refusal("Jadwal gelombang ini belum terbit. Terbitkan dahulu, baru narasumber diundang.")
    facts = row.publication.facts
    speakers = {who.pk: who for who in _locked(speakers_in(facts))}
    ends = {pk: max(own.ends_at for own in own_sessions(facts, pk) if not own.is_declined) for pk in speakers}
    coming = [who for who in speakers.values() if ends[who.pk] > now]
    if not coming:
        raise Refusal(
            "Semua sesi dengan narasumber sudah selesai."
            if speakers
            else "Belum ada narasumber dalam jadwal yang terbit."
        )
    for speaker in coming:
        if speaker.link_id is None:
            give_new_link(speaker)
            speaker.save(update_fields=["link_id", "link_hash"])
    before = SpeakerInvitation.objects.filter(wave=row, speaker__in=coming).count()
    SpeakerInvitation.objects.bulk_create(
        (SpeakerInvitation(wave=row, speaker=who, invited_at=now) for who in coming), ignore_conflicts=True
    )
    invitations = SpeakerInvitation.objects.filter(wave=row, speaker__in=coming).in_bulk()
    heard, drafts, routes = heard_by(invitations), [], SpeakerRoutes(row.program, coming)
    for pk, invitation in invitations.items():
        invitation.wave, invitation.speaker = row, speakers[invitation.speaker_id]
        lost = heard[pk].newest if pk in heard and heard[pk].came_to_nothing else None
        again = str(lost.pk) if lost else ""
        until = ends[invitation.speaker_id]
        drafts.append(invitation_draft(invitation, routes=routes, expires_at=until, now=now, again=again))
    reachable = [draft for draft in drafts if draft]
    invited = SpeakersInvited(len(coming) - before, enqueue(reachable, now=now), len(drafts) - len(reachable))
    if invited.new or invited.told:
        record(
            at=now,
            actor=by,
            action="speakers.invited",
            sentence=f"Narasumber {row.title} diundang: {thousands(invited.new)} orang baru, "
            f"{thousands(invited.told)} pesan, {thousands(invited.unreachable)} tidak dapat dihubungi.",
            region_code=row.program.region_id,
            subject=row.group,
            data=vars(invited),
        )
    return invited


def _locked(keys: list[int]) -> list[Speaker]:
    return list(Speaker.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
