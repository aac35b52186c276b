"""Where each invited head stands, in exactly one of five: told, queued, a task by hand, a letter, or given up.

What counts is the newest invitation, whichever channel it goes over: a failure that is passed on is a newer one. But
whoever got it over an earlier link after all, as a channel may report late, was told.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, StrIndex, Substr

from participants.models import Enrolment
from participants.reminders import INVITATION
from participants.told import for_predecessors
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.models import REACHED, Message
from rtportal.regions.models import Region

TOLD, QUEUED, MANUAL, LETTER, GIVEN_UP = BUCKETS = ("told", "queued", "manual", "letter", "given_up")
# Length of a kecamatan's code, `PP.KK.CC`.
DISTRICT_CODE = 8

State = Message.State
_NOT_WRITTEN = "none"
# What the keys of all links of one invitation have in common.
_BASE = Substr("dedupe_key", 1, StrIndex(Concat("dedupe_key", Value("@")), Value("@")) - 1)
_ARRIVED = Exists(
    Message.objects.reached()
    .filter(kind=INVITATION, about_id=OuterRef("about_id"))
    .annotate(base=_BASE)
    .filter(base=OuterRef("base"))
)
# After a colon behind GIVEN_UP stands why.
_OF_MESSAGE = Case(
    When(state__in=REACHED, then=Value(TOLD)),
    When(_ARRIVED, then=Value(TOLD)),
    When(state__in=[State.QUEUED, State.SENDING], then=Value(QUEUED)),
    # The next run follows it up.
    When(~Q(route=[]), state=State.FAILED, passed_on_at=None, then=Value(QUEUED)),
    When(state=State.UNKNOWN, then=Value(MANUAL)),
    When(state=State.TASK, channel="letter", then=Value(LETTER)),
    When(state=State.TASK, then=Value(MANUAL)),
    When(~Q(failure=""), state=State.FAILED, then=Concat(Value(f"{GIVEN_UP}:"), F("failure"))),
    default=Concat(Value(f"{GIVEN_UP}:"), F("state")),
    output_field=CharField(),
)
_REASONS = {
    _NOT_WRITTEN: "tidak ada saluran dalam rantai yang menjangkau mereka",
    State.FAILED.value: "pengirimannya gagal",
    State.EXPIRED.value: "terlambat: waktunya habis sebelum terkirim",
    State.WITHDRAWN.value: "undangannya ditarik",
    Message.Failure.UNDELIVERED.value: "saluran terakhir tidak sampai",
}


def with_reach(enrolments: QuerySet) -> QuerySet:
    """Adds `reach`: one of BUCKETS, of those given up with the reason behind a colon. Whoever answered was told."""
    mine = Message.objects.filter(~for_predecessors(), kind=INVITATION, about_id=OuterRef("pk"))
    written = mine.annotate(base=_BASE)
    newest = written.order_by("-id").values(at=_OF_MESSAGE)
    nothing = Value(f"{GIVEN_UP}:{_NOT_WRITTEN}")
    return enrolments.annotate(
        reach=Case(
            When(~Q(answer=""), then=Value(TOLD)),
            default=Coalesce(Subquery(newest[:1], output_field=CharField()), nothing),
            output_field=CharField(),
        )
    )


def in_bucket(bucket: str) -> Q:
    """Of enrolments `with_reach`: those in one of BUCKETS."""
    return Q(reach__startswith=f"{GIVEN_UP}:") if bucket == GIVEN_UP else Q(reach=bucket)


def reason_words(reach: str) -> str:
    """Why somebody was given up; "" for the other buckets."""
    bucket, _, reason = reach.partition(":")
    if bucket != GIVEN_UP:
        return ""
    return _REASONS.get(reason) or dict(Message.Failure.choices).get(reason, reason)


@dataclass
class Standing:
    """How many are in each bucket; those given up by reason as well."""

    told: int = 0
    queued: int = 0
    manual: int = 0
    letter: int = 0
    given_up: int = 0
    # No Counter: a template that asks it for `items` gets a number.
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def invited(self) -> int:
        return sum(getattr(self, bucket) for bucket in BUCKETS)

    def add(self, reach: str, people: int) -> None:
        bucket = reach.partition(":")[0]
        setattr(self, bucket, getattr(self, bucket) + people)
        if bucket == GIVEN_UP:
            reason = reason_words(reach)
            self.reasons[reason] = self.reasons.get(reason, 0) + people


@dataclass(frozen=True)
class DistrictStanding:
    district: Region
    standing: Standing


@dataclass(frozen=True)
class ReachPlan:
    """The five numbers of a wave, which add up to its invited heads, the same of each kecamatan, and the answers."""

    total: Standing
    districts: list[DistrictStanding]
    answers: dict[str, int]

    @property
    def answered(self) -> int:
        return sum(self.answers.values())

    @property
    def is_moving(self) -> bool:
        return self.total.queued > 0


def reach_plan(wave: Wave, user: User) -> ReachPlan:
    """Of the invited heads in the user's scope. Two queries, however many they are."""
    total, answers = Standing(), Counter()
    districts: dict[str, Standing] = defaultdict(Standing)
    rows = (
        with_reach(Enrolment.objects.filter(wave=wave).visible_to(user))
        .values_list("reach", "answer", Substr("village_id", 1, DISTRICT_CODE))
        .annotate(people=Count("pk"))
        .order_by()
    )
    for reach, answer, district, people in rows:
        total.add(reach, people)
        districts[district].add(reach, people)
        if answer:
            answers[answer] += people
    regions = Region.objects.in_bulk(list(districts))
    return ReachPlan(
        total=total,
        districts=[DistrictStanding(regions[code], districts[code]) for code in sorted(districts)],
        answers={kind.value: answers[kind.value] for kind in Enrolment.AnswerKind},
    )
