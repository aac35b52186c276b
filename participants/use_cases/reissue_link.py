"""A personal link that was lost, or that somebody else has seen, is replaced."""

from datetime import datetime

from django.db import transaction

from participants.messages import draft_to
from participants.models import Enrolment, RetiredPass, RTHead
from participants.passes import renew_passes
from participants.reaching import routes_to
from participants.reminders import INVITATION
from programs.use_cases._editing import locked_wave
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue


class ReissueRefused(InputError):
    """A new link would be of no use."""


@transaction.atomic
def reissue_link(*, enrolment: Enrolment, by: User, now: datetime) -> bool:
    """`enrolment` comes with `head.rt`; the caller has checked Right.ANSWER_FOR.

    Does: gives the enrolment a new link and code, so the old ones open nothing, and writes a new invitation with them.
    Returns False if no message can reach the head, who must then be told another way.
    Refuses (ReissueRefused): a wave that has begun or was cancelled; somebody being moved or succeeded at this moment.
    Tells: the RT head, through the outbox.
    """
    # The wave first, as everybody does who changes it: so nobody waits in a circle, and nobody is moved meanwhile.
    asked = Enrolment.objects.filter(pk=enrolment.pk)
    wave = locked_wave(asked.values_list("wave", flat=True).get())
    if asked.values_list("wave", flat=True).get() != wave.pk:
        raise ReissueRefused("Peserta ini baru saja dipindahkan ke gelombang lain. Muat ulang halaman ini.")
    # As written now: telephone and e-mail may have been put right since this head was read.
    head = RTHead.objects.select_related("rt__village").get(enrolments=enrolment.pk)
    if head.pk != enrolment.head_id:
        raise ReissueRefused("Ketua RT-nya baru saja berganti, dan tautannya sudah baru. Muat ulang halaman ini.")
    if wave.is_cancelled:
        raise ReissueRefused("Gelombang ini dibatalkan, jadi tautan baru tidak berguna lagi.")
    if now >= wave.starts_at:
        raise ReissueRefused("Gelombang ini sudah dimulai, jadi tautan baru tidak berguna lagi.")
    enrolment.head = head
    # As it is now: somebody else may have replaced the link since this one was read.
    enrolment.refresh_from_db(
        fields=["link_id", "link_hash", "link_revoked_at", "short_code"],
        from_queryset=Enrolment.objects.select_for_update(no_key=True),
    )
    # With the code, which stands beside the link on a letter.
    renew_passes([enrolment], cause=RetiredPass.Cause.REISSUED, now=now)
    # Nothing follows an older one that fails, or has failed: the new one has links of its own. First, so that what was
    # written meanwhile is seen below.
    Message.objects.filter(kind=INVITATION, about_id=enrolment.pk).exclude(route=[]).update(route=[])
    # An invitation still waiting would carry the new link too: one message is enough. A task in somebody's hands may
    # show the old one.
    states = [Message.State.QUEUED, Message.State.TASK]
    waiting = Message.objects.filter(kind=INVITATION, about_id=enrolment.pk, state__in=states)
    waiting.update(state=Message.State.WITHDRAWN, closed_at=now, detail="Diganti undangan dengan tautan baru.")
    # One in a worker's hands that is given back would go out beside the new one.
    Message.objects.filter(kind=INVITATION, about_id=enrolment.pk, state=Message.State.SENDING).update(expires_at=now)
    draft = draft_to(
        enrolment,
        routes=routes_to([enrolment], wave.program),
        kind=INVITATION,
        dedupe_key=f"{INVITATION}:{enrolment.pk}:{enrolment.link_id}",
        group=wave.group,
        expires_at=wave.starts_at,
        now=now,
    )
    enqueue([draft] if draft else [], now=now)
    record(
        at=now,
        actor=by,
        action="link.reissued",
        sentence=f"Tautan pribadi {head} ({head.rt}) diganti; tautan lama tidak berlaku lagi.",
        region_code=enrolment.village_id,
        subject=wave.group,
        data={"enrolment": enrolment.pk},
    )
    return draft is not None
