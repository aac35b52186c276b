"""Everything about one participant, for the official who has them on the phone."""

from datetime import datetime

from participants.models import Answer, Certificate, Enrolment, EnrolmentSuccession, RTHead
from participants.queries.deliveries import deliveries_of
from participants.substitutes import may_decide
from participants.succession import why_kept
from participants.told import ANNOUNCEMENTS, REMINDERS
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock

ABOUT_ENROLMENTS = [*ANNOUNCEMENTS, *REMINDERS]


def enrolments_with_wave():
    """Enrolments with their head, place, wave, programme and office."""
    return Enrolment.objects.select_related(
        *("head__rt", "village__parent", "wave__venue", "wave__program__office", "wave__program__region"),
        *("followed_by__wave", "follows__wave"),
    )


def enrolment_page(enrolment: Enrolment, user: User) -> dict:
    """Context of the page: `enrolment`, `wave`, `answers`, `decisions` about
    substitutes, `moves` and `deliveries` (newest first), `waiting` (the open
    place or None), `certificate` (the valid one or None), and the rights
    `may_answer_for`, `may_decide` and `may_schedule`.
    """
    may_act = scope_of(user).may(Right.SCHEDULE, enrolment.village_id)
    successions = list(enrolment.successions.select_related("from_head", "to_head", "actor"))
    return {
        "enrolment": enrolment,
        "wave": enrolment.wave,
        "answers": _answers(enrolment, successions),
        "successions": successions,
        **_succession(enrolment, user, clock.now()),
        "decisions": enrolment.substitute_decisions.select_related("actor"),
        "may_decide": may_decide(user, enrolment),
        "deliveries": deliveries_of(enrolment, may_act=may_act, now=clock.now()),
        "moves": enrolment.moves.select_related("from_wave", "to_wave", "actor"),
        "waiting": enrolment.waiting_places.filter(closed_at=None).select_related("wave").first(),
        "certificate": Certificate.objects.valid().filter(enrolment=enrolment).first(),
        "may_schedule": scope_of(user).may(Right.SCHEDULE, enrolment.wave.program.region_id),
        "may_answer_for": scope_of(user).may(Right.ANSWER_FOR, enrolment.village_id),
    }


def _answers(enrolment: Enrolment, successions: list[EnrolmentSuccession]) -> list[Answer]:
    """The newest first, each with `former_holder`: who gave it, if that was not the present head."""
    answers = list(enrolment.answers.select_related("actor"))
    for answer in answers:
        later = [one for one in successions if one.at >= answer.at]
        answer.former_holder = later[-1].from_head if later else None
    return answers


def _succession(enrolment: Enrolment, user: User, now: datetime) -> dict:
    """`may_manage_roster`; for a former head `head_now` (or None) and `kept_why`, empty if the place may pass."""
    context = {"may_manage_roster": scope_of(user).may(Right.MANAGE_ROSTER, enrolment.village_id)}
    if enrolment.head.is_current:
        return context
    head_now = RTHead.objects.current().filter(rt=enrolment.head.rt_id).first()
    return context | {"head_now": head_now, "kept_why": why_kept(enrolment, head_now, now=now)}
