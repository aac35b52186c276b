"""The live board of a session: how many are there of whom, who came last, and how the desks are doing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMinute

from participants.models import Attendance, DoorDevice, Enrolment
from participants.queries.attendance_problems import open_problems
from participants.queries.door_devices import state_of
from participants.queries.walk_ins import waiting_guests
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from sessions.models import TrainingSession

LAST_ARRIVALS = 12
# The bars of arrivals show so many minutes; the pace of a desk is that of the last few.
MINUTES, PACE_MINUTES = 30, 5


@dataclass
class PlaceCount:
    """People of a kecamatan or kelurahan/desa; `villages` is empty for the latter."""

    code: str
    name: str
    expected: int = 0
    present: int = 0
    villages: list["PlaceCount"] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return self.expected - self.present

    def add(self, expected: int, present: int) -> None:
        self.expected += expected
        self.present += present


@dataclass(frozen=True)
class DeskCount:
    """Of those present whom a desk let in, `pace` in the last PACE_MINUTES. `device` None: list or paper."""

    device: DoorDevice | None
    present: int
    pace: int
    last_at: datetime | None
    word: str
    status: str


@dataclass(frozen=True)
class Board:
    total: PlaceCount
    left: int
    companions: int
    districts: list[PlaceCount]
    arrivals: list[Attendance]
    desks: list[DeskCount]
    # One number for each minute, the oldest first, up to the present one.
    minutes: list[int]
    guests: int
    problems: int


def expected_in(session: TrainingSession, user: User) -> QuerySet[Enrolment]:
    """People of the wave in the user's scope who come or may come, each with `is_here`.

    Who declined counts once they came all the same. A session of one parallel group expects that group.
    """
    here = Exists(Attendance.objects.filter(session=session, enrolment=OuterRef("pk")))
    people = Enrolment.objects.filter(wave=session.wave_id).visible_to(user).annotate(is_here=here)
    coming = ~Q(answer=Enrolment.AnswerKind.DECLINED)
    if session.group:
        coming &= Q(group=session.group)
    return people.filter(coming | Q(is_here=True))


def board_of(wave: Wave, session: TrainingSession, user: User, *, now: datetime) -> Board:
    """Eight queries, however many people, places and desks there are."""
    districts = _districts(session, user)
    total = PlaceCount("", "")
    for district in districts:
        total.add(district.expected, district.present)
    marks = Attendance.objects.filter(session=session).filter(scope_of(user).rows("enrolment__village_id"))
    sums = marks.aggregate(left=Count("pk", filter=Q(left_at__isnull=False)), companions=Sum("companions"))
    people = marks.select_related("enrolment__head__rt", "enrolment__village", "device", "marked_by")
    return Board(
        total=total,
        left=sums["left"],
        companions=sums["companions"] or 0,
        districts=districts,
        arrivals=list(people.order_by("-marked_at", "-pk")[:LAST_ARRIVALS]),
        desks=_desks(wave, marks, now),
        minutes=_minutes(marks, now),
        guests=waiting_guests(wave).count(),
        problems=open_problems(wave).count(),
    )


def _districts(session: TrainingSession, user: User) -> list[PlaceCount]:
    rows = (
        expected_in(session, user)
        .order_by()
        .values(
            "village_id", name=F("village__name"), district=F("village__parent_id"), above=F("village__parent__name")
        )
        .annotate(expected=Count("pk"), present=Count("pk", filter=Q(is_here=True)))
    )
    found: dict[str, PlaceCount] = {}
    for row in sorted(rows, key=lambda row: (row["above"], row["name"], row["village_id"])):
        district = found.setdefault(row["district"], PlaceCount(row["district"], row["above"]))
        district.add(row["expected"], row["present"])
        district.villages.append(PlaceCount(row["village_id"], row["name"], row["expected"], row["present"]))
    return list(found.values())


def _desks(wave: Wave, marks: QuerySet[Attendance], now: datetime) -> list[DeskCount]:
    recent = Q(marked_at__gt=now - timedelta(minutes=PACE_MINUTES), marked_at__lte=now)
    rows = (
        marks.order_by()
        .values("device_id")
        .annotate(present=Count("pk"), pace=Count("pk", filter=recent), last_at=Max("marked_at"))
    )
    counts = {row.pop("device_id"): row for row in rows}
    nothing = {"present": 0, "pace": 0, "last_at": None}
    found = []
    for device in DoorDevice.objects.filter(wave=wave).order_by("name", "pk"):
        if device.pk in counts or (device.revoked_at is None and device.expires_at > now):
            word, status = state_of(device, now)
            found.append(DeskCount(device=device, word=word, status=status, **counts.get(device.pk, nothing)))
    if None in counts:
        found.append(DeskCount(device=None, word="", status="", **counts[None]))
    return found


def _minutes(marks: QuerySet[Attendance], now: datetime) -> list[int]:
    last = now.replace(second=0, microsecond=0)
    first = last - timedelta(minutes=MINUTES - 1)
    rows = marks.filter(marked_at__gte=first, marked_at__lte=now).order_by().annotate(minute=TruncMinute("marked_at"))
    counts = dict(rows.values_list("minute").annotate(people=Count("pk")))
    return [counts.get(first + timedelta(minutes=step), 0) for step in range(MINUTES)]
