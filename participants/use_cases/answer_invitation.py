"""An RT head answers, or somebody records the answer for them."""

from datetime import datetime

from django.db import transaction

from participants.models import Answer, Enrolment
from participants.rules import AnswerRefused, link_closed, needs_companion, read_answer, recording_closed
from rtportal.accounts.models import User


def answer_invitation(
    *,
    enrolment: Enrolment,
    kind: str,
    reason: str = "",
    substitute_name: str = "",
    substitute_phone: str = "",
    companion_name: str = "",
    channel: str = Answer.Channel.LINK,
    actor: User | None = None,
    now: datetime,
) -> None:
    """`enrolment` comes with `wave.program.region`; `kind` is one of Enrolment.AnswerKind, `channel` of Answer.Channel.

    Does: puts the answer on the enrolment and adds it to the history, whatever was answered before.
    Refuses (AnswerRefused, nothing changed): missing or faulty fields; through the link after the deadline or once
    the link was replaced; otherwise after the wave.
    Tells: nobody; the officials' pages count it at once.
    """
    wave = enrolment.wave
    by_link = channel == Answer.Channel.LINK
    if closed := link_closed(wave, now) if by_link else recording_closed(wave, now):
        raise AnswerRefused({"": closed})
    content = vars(
        read_answer(
            kind=kind,
            reason=reason,
            substitute_name=substitute_name,
            substitute_phone=substitute_phone,
            companion_name=companion_name,
            needs_companion=needs_companion(wave.program),
        )
    )
    columns = {name: value for name, value in content.items() if name != "kind"}
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    if by_link:
        rows = rows.filter(link_hash=enrolment.link_hash, link_revoked_at=None)
    with transaction.atomic():
        # The update takes the row's lock first, so two answers at once are written one after the other.
        if not rows.update(answer=kind, answered_at=now, **columns):
            raise AnswerRefused({"": "Tautan ini sudah tidak berlaku. Pakai tautan pada pesan terakhir."})
        Answer.objects.create(enrolment=enrolment, channel=channel, actor=actor, at=now, **content)
