"""An RT head answers, or somebody records the answer for them."""

from datetime import datetime

from django.db import connection, transaction

from participants.models import Answer, Enrolment
from participants.rules import (
    AnswerContent,
    AnswerRefused,
    link_closed,
    needs_companion,
    read_answer,
    recording_closed,
)
from rtportal.accounts.models import User
from rtportal.lib.prepared import PreparedStatement

# Both writes of an answer through the link in one statement, which is a transaction by itself: four trips to the
# server less than begin, update, insert and commit, on a morning when everybody answers.
_ANSWER_BY_LINK = PreparedStatement(
    lambda _: (
        """
    WITH changed AS (
        UPDATE participants_enrolment
        SET answer = %s, answered_at = %s, reason = %s, substitute_name = %s, substitute_phone = %s, companion_name = %s
        WHERE id = %s AND link_hash = %s AND link_revoked_at IS NULL
        RETURNING id, answer, answered_at, reason, substitute_name, substitute_phone, companion_name
    )
    INSERT INTO participants_answer
        (enrolment_id, kind, at, reason, substitute_name, substitute_phone, companion_name, channel)
    SELECT id, answer, answered_at, reason, substitute_name, substitute_phone, companion_name, 'link' FROM changed
    """
    )
)


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
    content = read_answer(
        kind=kind,
        reason=reason,
        substitute_name=substitute_name,
        substitute_phone=substitute_phone,
        companion_name=companion_name,
        needs_companion=needs_companion(wave.program),
    )
    if by_link and connection.vendor == "postgresql":
        is_written = _write_at_once(enrolment, content, now)
    else:
        is_written = _write(enrolment, content, channel, actor, now)
    if not is_written:
        raise AnswerRefused({"": "Tautan ini sudah tidak berlaku. Pakai tautan pada pesan terakhir."})


def _write_at_once(enrolment: Enrolment, content: AnswerContent, now: datetime) -> bool:
    values = (content.reason, content.substitute_name, content.substitute_phone, content.companion_name)
    count, _ = _ANSWER_BY_LINK.run((content.kind, now, *values, enrolment.pk, enrolment.link_hash))
    return bool(count)


@transaction.atomic
def _write(enrolment: Enrolment, content: AnswerContent, channel: str, actor: User | None, now: datetime) -> bool:
    columns = vars(content).copy()
    kind = columns.pop("kind")
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    if channel == Answer.Channel.LINK:
        rows = rows.filter(link_hash=enrolment.link_hash, link_revoked_at=None)
    # The update takes the row's lock first, so two answers at once are written one after the other.
    if not rows.update(answer=kind, answered_at=now, **columns):
        return False
    Answer.objects.create(enrolment=enrolment, channel=channel, actor=actor, at=now, kind=kind, **columns)
    return True
