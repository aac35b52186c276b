"""An official or operator writes down what an RT head said on the phone, in person or on paper."""

from datetime import datetime

from django.db import transaction

from participants.models import Answer, Enrolment
from participants.rules import AnswerRefused
from participants.use_cases.answer_invitation import answer_invitation
from rtportal.accounts.models import User
from rtportal.audit.record import record


@transaction.atomic
def record_answer_for(
    *,
    enrolment: Enrolment,
    kind: str,
    reason: str = "",
    substitute_name: str = "",
    substitute_phone: str = "",
    substitute_relation: str = "",
    companion_name: str = "",
    channel: str,
    by: User,
    now: datetime,
) -> None:
    """`enrolment` comes with `wave.program.region` and `head.rt`; the caller has checked Right.ANSWER_FOR.

    Does: as `answer_invitation`, with who wrote it down and how it came in; adds an audit line. Whoever may approve
    the substitute has done so by writing the answer down.
    Refuses (AnswerRefused, nothing changed): faulty fields, no channel, a wave that has ended; a substitute whom the
    programme's rules do not allow.
    Tells: nobody.
    """
    if channel not in Answer.Channel.values or channel == Answer.Channel.LINK:
        raise AnswerRefused({"channel": "Pilih bagaimana jawaban ini disampaikan."})
    answer_invitation(
        enrolment=enrolment,
        kind=kind,
        reason=reason,
        substitute_name=substitute_name,
        substitute_phone=substitute_phone,
        substitute_relation=substitute_relation,
        companion_name=companion_name,
        channel=channel,
        actor=by,
        now=now,
    )
    answer, way = Enrolment.AnswerKind(kind).label, Answer.Channel(channel).label
    record(
        at=now,
        actor=by,
        action="answer.recorded",
        sentence=f"Jawaban {enrolment.head} ({enrolment.head.rt}) dicatat: {answer}, lewat {way}.",
        region_code=enrolment.village_id,
        subject=enrolment.wave.group,
        data={"enrolment": enrolment.pk, "answer": kind, "channel": channel},
    )
