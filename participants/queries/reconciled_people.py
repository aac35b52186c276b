"""Which people each number of a reconciliation counts; `reconciliation.py` says what the numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from participants.models import Attendance, Certificate, Enrolment, Payment, RTHead
from participants.queries.enrolment_list import TO_APPROVE, WITHOUT_LETTER
from participants.queries.reach_plan import TOLD, with_reach
from participants.reminders import INVITATION
from participants.told import for_predecessors
from programs.models import Program, Wave, WaveArea
from rtportal.accounts.models import User
from rtportal.messaging.models import Message
from rtportal.regions.area_keys import area_q
from rtportal.regions.codes import within_q

Subject = Wave | Program


@dataclass(frozen=True)
class Rule:
    """Which annotated rows a number counts: those with all values of `has` and none of `lacks`. The same rule counts
    the groups and filters the people, so that a number and its list cannot differ."""

    has: Mapping[str, object] = field(default_factory=dict)
    lacks: Mapping[str, object] = field(default_factory=dict)

    def fits(self, row: Mapping[str, object]) -> bool:
        return all(row[key] == value for key, value in self.has.items()) and not any(
            row[key] == value for key, value in self.lacks.items()
        )

    @property
    def q(self) -> Q:
        found = Q(**self.has)
        for key, value in self.lacks.items():
            found &= ~Q(**{key: value})
        return found


_INVITED = {"is_invited": True}
# Of the heads in office, by where their RT has its place.
HEAD_RULES = {
    "target": Rule(),
    "elsewhere": Rule({"place": "elsewhere"}),
    "stranded": Rule({"place": "stranded"}),
    "unplaced": Rule({"place": "unplaced"}),
    "waiting": Rule({"place": "waiting"}),
}
# Of the people who are enrolled.
RULES = {
    "enrolled": Rule(),
    "vacant": Rule({"origin": "vacant"}),
    "continued": Rule({"origin": "continued"}),
    "from_outside": Rule({"origin": "outside"}),
    "continued_on": Rule({"is_superseded": True}),
    "came_after_all": Rule({"is_superseded": True, "is_present": True}),
    "held_back": Rule({"is_invited": False}),
    "invited": Rule(_INVITED),
    "told": Rule(_INVITED | {"reach": TOLD}),
    "untold": Rule(_INVITED, {"reach": TOLD}),
    "answered": Rule({"is_answered": True}),
    "unanswered": Rule(_INVITED | {"is_answered": False}),
    "by_substitute": Rule({"is_represented": True}),
    "to_approve": Rule({"to_approve": True}),
    "without_letter": Rule({"without_letter": True}),
    "present": Rule({"is_present": True, "is_represented": False}),
    "represented": Rule({"is_present": True, "is_represented": True}),
    "came": Rule({"is_present": True}),
    "unannounced": Rule({"is_present": True, "is_answered": False}),
    "absent": Rule(_INVITED | {"is_present": False, "is_over": True}),
    "pending": Rule(_INVITED | {"is_present": False, "is_over": False}),
    "certified": Rule({"is_certified": True}),
    "uncertified": Rule({"is_present": True, "is_over": True, "is_certified": False}),
    "certified_absent": Rule({"is_certified": True, "is_present": False}),
    "paid": Rule({"is_paid": True}),
    "unpaid": Rule({"is_present": True, "is_over": True, "is_paid": False}),
    "paid_absent": Rule({"is_paid": True, "is_present": False}),
}
# Numbers that are the sum of heads and people.
SUMS = {"allocated": ("waiting", "enrolled"), "uninvited": ("waiting", "held_back")}
FLAGS = (
    "reach",
    "origin",
    "is_superseded",
    "is_invited",
    "is_answered",
    "is_represented",
    "is_present",
    "is_over",
    "is_certified",
    "is_paid",
    "to_approve",
    "without_letter",
)


def heads_for(subject: Subject, user: User, area: str = "") -> QuerySet[RTHead]:
    """The heads in office whom the wave or programme is meant for, in the user's scope, each with `place`: where their
    RT has its place ("here", "elsewhere", "stranded" in a cancelled wave) or that it has none ("waiting" for the
    invitations of a wave to which the area belongs, "unplaced").
    """
    is_wave = isinstance(subject, Wave)
    seats = Enrolment.objects.filter(program=subject.program_id if is_wave else subject.pk, rt=OuterRef("rt_id"))
    live = seats.active().filter(wave__cancelled_at=None)
    if is_wave:
        # What was said to a cancelled wave is no place: whoever opens this one takes them over.
        places = [("here", Exists(seats.filter(wave=subject))), ("elsewhere", Exists(live.exclude(wave=subject)))]
        default, keys = "waiting", _areas(subject)
    else:
        belongs = area_q(_areas(subject), village="rt__village_id", rw="rt__rw")
        places = [("here", Exists(live)), ("waiting", belongs), ("stranded", Exists(seats.active()))]
        default, keys = "unplaced", [subject.region_id]
    heads = RTHead.objects.current().in_areas(keys).visible_to(user)
    if area:
        heads = heads.filter(within_q("rt__village_id", [area]))
    return heads.annotate(place=_first_of(places, default))


def enrolled_in(subject: Subject, user: User, area: str, now: datetime) -> QuerySet[Enrolment]:
    """The people of the wave's list, or of all lists of the programme once each, in the user's scope, with FLAGS."""
    if isinstance(subject, Wave):
        rows, program = Enrolment.objects.filter(wave=subject), subject.program
        is_here = area_q(_areas(subject), village="rt__village_id", rw="rt__rw")
    else:
        rows, program = Enrolment.objects.active().filter(program=subject, wave__cancelled_at=None), subject
        is_here = within_q("rt__village_id", [subject.region_id])
    rows = rows.visible_to(user)
    if area:
        rows = rows.filter(within_q("village_id", [area]))
    in_office = RTHead.objects.current().filter(rt=OuterRef("rt_id"))
    written = Message.objects.filter(~for_predecessors(), kind=INVITATION, about_id=OuterRef("pk"))
    origins = [("vacant", ~Exists(in_office)), ("target", is_here), ("continued", Q(follows__isnull=False))]
    is_present = Exists(Attendance.objects.filter(enrolment=OuterRef("pk")))
    is_invited = Q(wave__invitations_opened_at__isnull=False) | ~Q(answer="") | is_present | Exists(written)
    return with_reach(rows).annotate(
        origin=_first_of(origins, "outside"),
        is_superseded=_is(Q(superseded_at__isnull=False)),
        is_present=is_present,
        is_invited=_is(is_invited),
        is_answered=_is(~Q(answer="")),
        is_represented=_is(Q(answer=Enrolment.AnswerKind.REPRESENTED)),
        is_over=_is(Q(wave__ends_at__lte=now, wave__cancelled_at=None)),
        is_certified=Exists(Certificate.objects.valid().filter(enrolment=OuterRef("pk"))),
        is_paid=Exists(Payment.objects.filter(enrolment=OuterRef("pk"))),
        to_approve=_is(TO_APPROVE),
        without_letter=_is(WITHOUT_LETTER) if program.substitute_letter else Value(False),
    )


def _areas(subject: Subject) -> list[str]:
    """Keys of the areas of the wave, or of all waves of the programme that take place."""
    areas = WaveArea.objects.filter(wave=subject) if isinstance(subject, Wave) else _live_areas(subject)
    return [area.key for area in areas]


def _live_areas(program: Program) -> QuerySet[WaveArea]:
    return WaveArea.objects.filter(program=program, wave__cancelled_at=None)


def _first_of(cases: list[tuple[str, object]], default: str) -> Case:
    whens = [When(condition, then=Value(word)) for word, condition in cases]
    return Case(*whens, default=Value(default), output_field=CharField())


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))
