"""How far a wave is: from the heads it is meant for to those who came."""

from collections import Counter, defaultdict
from dataclasses import dataclass, fields

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Substr

from participants.models import Attendance, Enrolment
from participants.queries.enrolment_list import TO_APPROVE, WITHOUT_LETTER
from participants.queries.reach_plan import DISTRICT_CODE, TOLD, with_reach
from participants.queries.wave_pages import current_heads
from participants.told import SCHEDULE_CHANGED, WAVE_CANCELLED
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.kinds import kind_labels
from rtportal.messaging.models import REACHED, Message
from rtportal.regions.models import Region

_FLAGS = ("is_present", "is_represented", "to_approve", "without_letter")


@dataclass
class Progress:
    """Numbers of one area, or of all of them."""

    target: int = 0
    invited: int = 0
    told: int = 0
    answered: int = 0
    present: int = 0
    # Of those who answered or came: through a substitute; of these, who still waits for approval or has no letter.
    represented: int = 0
    represented_present: int = 0
    to_approve: int = 0
    without_letter: int = 0

    def __iadd__(self, other: "Progress") -> "Progress":
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self


@dataclass
class DistrictProgress:
    district: Region
    numbers: Progress


def funnel(wave: Wave, user: User) -> tuple[list[DistrictProgress], Progress]:
    """Sasaran, diundang, diberi tahu, menjawab, hadir for each kecamatan in the user's scope, and their sum.

    Whoever answered has been told, whichever way. Substitutes are counted among their heads and once more apart.
    Three queries however many people there are; `wave` comes with `program`.
    """
    districts: dict[str, Progress] = {}
    target = (
        current_heads(wave)
        .visible_to(user)
        .values(district=Substr("rt__village_id", 1, DISTRICT_CODE))
        .annotate(people=Count("id"))
        .order_by()
    )
    for row in target:
        districts.setdefault(row["district"], Progress()).target = row["people"]
    reached = (
        with_reach(Enrolment.objects.filter(wave=wave).visible_to(user))
        .annotate(
            is_present=Exists(Attendance.objects.filter(enrolment=OuterRef("pk"))),
            is_represented=Q(answer=Enrolment.AnswerKind.REPRESENTED),
            to_approve=TO_APPROVE,
            without_letter=WITHOUT_LETTER if wave.program.substitute_letter else Q(pk=None),
        )
        .values("answer", "reach", *_FLAGS, district=Substr("village_id", 1, DISTRICT_CODE))
        .annotate(people=Count("id"))
        .order_by()
    )
    for row in reached:
        people, answered = row["people"], bool(row["answer"])
        districts.setdefault(row["district"], Progress())
        districts[row["district"]] += Progress(
            invited=people,
            told=people if row["reach"] == TOLD else 0,
            answered=people if answered else 0,
            present=people if row["is_present"] else 0,
            represented=people if row["is_represented"] else 0,
            represented_present=people if row["is_represented"] and row["is_present"] else 0,
            to_approve=people if row["to_approve"] else 0,
            without_letter=people if row["without_letter"] else 0,
        )
    total = Progress()
    for numbers in districts.values():
        total += numbers
    regions = Region.objects.in_bulk(list(districts))
    return [DistrictProgress(regions[code], districts[code]) for code in sorted(districts)], total


@dataclass(frozen=True)
class CorrectionProgress:
    """What became of the messages of one kind that told participants of a change."""

    label: str
    queued: int
    by_hand: int
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
            by_hand=found["task"],
            sent=sum(found[state] for state in REACHED),
            failed=found["failed"],
            unknown=found["unknown"],
            dropped=found["expired"] + found["withdrawn"],
        )
        for kind, found in sorted(states.items())
    ]
