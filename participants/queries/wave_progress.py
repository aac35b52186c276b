"""How far a wave is: from the heads it is meant for to those who came."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Substr

from participants.models import Attendance, Enrolment
from participants.queries.wave_pages import current_heads
from participants.reminders import INVITATION
from participants.told import SCHEDULE_CHANGED, WAVE_CANCELLED
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import REACHED, Message
from rtportal.regions.models import Region

# Length of a kecamatan's code, `PP.KK.CC`.
_DISTRICT_CODE = 8


def with_invitation(enrolments: QuerySet) -> QuerySet:
    """Adds `has_message` (an invitation was written for a channel) and `is_told` (a channel accepted one)."""
    messages = Message.objects.filter(kind=INVITATION, about_id=OuterRef("pk"))
    return enrolments.annotate(has_message=Exists(messages), is_told=Exists(messages.reached()))


def to_tell_another_way(enrolments: QuerySet) -> QuerySet:
    """Invited heads whom no channel reaches and who have not answered yet: by telephone, on paper, in person."""
    return with_invitation(enrolments.active()).filter(has_message=False, answer="")


@dataclass
class Progress:
    """Numbers of one area, or of all of them."""

    target: int = 0
    invited: int = 0
    told: int = 0
    answered: int = 0
    present: int = 0

    def __iadd__(self, other: "Progress") -> "Progress":
        self.target += other.target
        self.invited += other.invited
        self.told += other.told
        self.answered += other.answered
        self.present += other.present
        return self


@dataclass
class DistrictProgress:
    district: Region
    numbers: Progress


def funnel(wave: Wave, user: User) -> tuple[list[DistrictProgress], Progress]:
    """Sasaran, diundang, diberi tahu, menjawab, hadir for each kecamatan in the user's scope, and their sum.

    Whoever answered has been told, whichever way. Three queries however many people there are.
    """
    districts: dict[str, Progress] = {}
    target = (
        current_heads(wave)
        .visible_to(user)
        .values(district=Substr("rt__village_id", 1, _DISTRICT_CODE))
        .annotate(people=Count("id"))
        .order_by()
    )
    for row in target:
        districts.setdefault(row["district"], Progress()).target = row["people"]
    reached = (
        with_invitation(Enrolment.objects.filter(wave=wave).visible_to(user))
        .annotate(is_present=Exists(Attendance.objects.filter(enrolment=OuterRef("pk"))))
        .values("answer", "is_told", "is_present", district=Substr("village_id", 1, _DISTRICT_CODE))
        .annotate(people=Count("id"))
        .order_by()
    )
    for row in reached:
        people, answered = row["people"], bool(row["answer"])
        districts.setdefault(row["district"], Progress())
        districts[row["district"]] += Progress(
            invited=people,
            told=people if row["is_told"] or answered else 0,
            answered=people if answered else 0,
            present=people if row["is_present"] else 0,
        )
    total = Progress()
    for numbers in districts.values():
        total += numbers
    regions = Region.objects.in_bulk(list(districts))
    return [DistrictProgress(regions[code], districts[code]) for code in sorted(districts)], total


@dataclass(frozen=True)
class InvitationProgress:
    """What became of a wave's invitations. `queued + sent + failed + unknown + dropped + otherwise == invited`."""

    invited: int
    queued: int
    sent: int
    failed: int
    unknown: int
    dropped: int
    otherwise: int
    answers: dict[str, int]

    @property
    def answered(self) -> int:
        return sum(self.answers.values())

    @property
    def is_moving(self) -> bool:
        return self.queued > 0


def invitation_progress(wave: Wave, user: User) -> InvitationProgress:
    """The invitations in the user's scope; one query, whatever the size of the wave.

    A re-issued link writes a second invitation for the same enrolment, so each enrolment counts by its newest one.
    """
    newest = Message.objects.filter(kind=INVITATION, about_id=OuterRef("pk")).order_by("-id").values("state")[:1]
    rows = (
        Enrolment.objects.filter(wave=wave)
        .visible_to(user)
        .annotate(message_state=Coalesce(newest, Value("")))
        .values_list("message_state", "answer")
        .annotate(people=Count("id"))
        .order_by()
    )
    states: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for state, answer, people in rows:
        states[state] += people
        if answer:
            answers[answer] += people
    return InvitationProgress(
        invited=sum(states.values()),
        queued=states["queued"] + states["sending"],
        sent=sum(states[state] for state in REACHED),
        failed=states["failed"],
        unknown=states["unknown"],
        dropped=states["expired"] + states["withdrawn"],
        otherwise=states[""] + states["task"],
        answers={kind.value: answers[kind.value] for kind in Enrolment.AnswerKind},
    )


@dataclass(frozen=True)
class CorrectionProgress:
    """What became of the messages of one kind that told participants of a change."""

    label: str
    queued: int
    sent: int
    failed: int
    unknown: int
    dropped: int


def correction_progress(wave: Wave, user: User) -> list[CorrectionProgress]:
    """Changes and cancellations told to the wave's participants in the user's scope, a line for each kind there is.

    One query, whatever the size of the wave.
    """
    people = Enrolment.objects.filter(wave=wave).visible_to(user).order_by().values("pk")
    rows = Message.objects.filter(kind__in=[SCHEDULE_CHANGED, WAVE_CANCELLED], about_id__in=people)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, state, count in rows.order_by().values_list("kind", "state").annotate(count=Count("pk")):
        states[kind][state] = count
    labels = kind_labels()
    return [
        CorrectionProgress(
            label=labels[kind],
            queued=found["queued"] + found["sending"],
            sent=sum(found[state] for state in REACHED),
            failed=found["failed"],
            unknown=found["unknown"],
            dropped=found["expired"] + found["withdrawn"],
        )
        for kind, found in sorted(states.items())
    ]
