"""Everything about one participant, for the official who has them on the phone."""

from participants.models import Enrolment
from participants.queries.deliveries import deliveries_of
from participants.substitutes import may_decide
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
    place or None), and the rights `may_answer_for`, `may_decide` and `may_schedule`.
    """
    may_act = scope_of(user).may(Right.SCHEDULE, enrolment.village_id)
    return {
        "enrolment": enrolment,
        "wave": enrolment.wave,
        "answers": enrolment.answers.select_related("actor"),
        "decisions": enrolment.substitute_decisions.select_related("actor"),
        "may_decide": may_decide(user, enrolment),
        "deliveries": deliveries_of(enrolment, may_act=may_act, now=clock.now()),
        "moves": enrolment.moves.select_related("from_wave", "to_wave", "actor"),
        "waiting": enrolment.waiting_places.filter(closed_at=None).select_related("wave").first(),
        "may_schedule": scope_of(user).may(Right.SCHEDULE, enrolment.wave.program.region_id),
        "may_answer_for": scope_of(user).may(Right.ANSWER_FOR, enrolment.village_id),
    }
