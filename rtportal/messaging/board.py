"""The delivery board: where the messages of a wave or an office are, by channel and state."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from rtportal.messaging.channels import label_of
from rtportal.messaging.models import ChannelState, Message
from rtportal.regions.models import Region

State = Message.State
# State as the board tells it → words, look. From what went well to what went wrong.
HELD, PLANNED = "held", "planned"
LOOKS = {
    State.READ: ("dibaca", "ok"),
    State.DELIVERED: ("sampai", "ok"),
    State.ACCEPTED: ("terkirim", "ok"),
    State.SENDING: ("sedang dikirim", "info"),
    State.QUEUED: ("antre", "wait"),
    HELD: ("ditahan sampai jam kirim", "wait"),
    PLANNED: ("terjadwal", "wait"),
    State.TASK: ("menunggu petugas", "info"),
    State.UNKNOWN: ("tidak pasti", "warn"),
    State.FAILED: ("gagal", "bad"),
    State.EXPIRED: ("terlambat", "off"),
    State.WITHDRAWN: ("ditarik", "off"),
}
# Of very many reasons these are told; a message's own page has the rest.
REASONS = 12


@dataclass(frozen=True)
class Part:
    """A piece of a bar; `start` and `width` are percent of the longest bar."""

    state: str
    words: str
    look: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    channel: str
    label: str
    total: int
    parts: list[Part]


@dataclass(frozen=True)
class Held:
    """Messages of one channel that wait for the sending hours, or for a planned time."""

    label: str
    words: str
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Reason:
    """Why messages did not arrive; `example` is what was said of one of them."""

    label: str
    state: str
    words: str
    count: int
    example: str


@dataclass(frozen=True)
class ChannelTrouble:
    """A channel that takes nothing, or rests until a time."""

    label: str
    unavailable_since: datetime | None
    paused_until: datetime | None
    words: str


@dataclass(frozen=True)
class Board:
    """`zone` is the one in which the times are told: that of the region most of it lies in."""

    total: int
    bars: list[Bar]
    held: list[Held]
    reasons: list[Reason]
    troubles: list[ChannelTrouble]
    oldest: Message | None
    tasks: int
    zone: str


def board_of(rows: QuerySet[Message], *, zone: str, now: datetime) -> Board:
    """The board of some messages; four queries, however many there are."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    held = []
    waits = Q(state=State.QUEUED, due_at__gt=now)
    grouped = (
        rows.order_by()
        .values("channel", "state", "hold")
        .annotate(
            number=Count("pk"),
            later=Count("pk", filter=waits),
            first_at=Min("due_at", filter=waits),
            last_at=Max("due_at", filter=waits),
        )
    )
    for row in grouped:
        wait = HELD if row["hold"] == Message.Hold.QUIET else PLANNED
        counts[row["channel"]][row["state"]] += row["number"] - row["later"]
        if row["later"]:
            counts[row["channel"]][wait] += row["later"]
            words = LOOKS[wait][0]
            held.append(Held(label_of(row["channel"]), words, row["later"], row["first_at"], row["last_at"]))
    bars = _bars(counts)
    return Board(
        total=sum(bar.total for bar in bars),
        bars=bars,
        held=sorted(held, key=lambda one: one.first_at),
        reasons=_reasons(rows),
        troubles=channel_troubles(now),
        oldest=rows.due(now).order_by("due_at", "pk").first(),
        tasks=sum(states[State.TASK] for states in counts.values()),
        zone=zone,
    )


def channel_troubles(now: datetime) -> list[ChannelTrouble]:
    """Channels that take nothing or rest. One query."""
    rows = ChannelState.objects.filter(Q(unavailable_since__isnull=False) | Q(paused_until__gt=now))
    return [
        ChannelTrouble(
            label_of(row.channel),
            row.unavailable_since,
            row.paused_until if row.paused_until and row.paused_until > now else None,
            row.detail if row.unavailable_since else row.pause_reason,
        )
        for row in rows.order_by("channel")
    ]


def zone_of(areas: Iterable[str]) -> str:
    """The time zone of the first region; one query."""
    region = Region.objects.filter(code__in=list(areas)[:1]).first()
    return region.time_zone if region else "WIB"


def _bars(counts: dict[str, dict[str, int]]) -> list[Bar]:
    longest = max((sum(states.values()) for states in counts.values()), default=0)
    bars = []
    for channel, states in counts.items():
        parts, start = [], 0.0
        for state, (words, look) in LOOKS.items():
            if count := states.get(state, 0):
                width = 100 * count / longest
                parts.append(Part(str(state), words, look, count, round(start, 2), round(width, 2)))
                start += width
        bars.append(Bar(channel, label_of(channel), sum(states.values()), parts))
    return sorted(bars, key=lambda bar: (-bar.total, bar.label))


def _reasons(rows: QuerySet[Message]) -> list[Reason]:
    wrong = rows.filter(state__in=[State.FAILED, State.UNKNOWN, State.EXPIRED, State.WITHDRAWN])
    grouped = (
        wrong.order_by()
        .values("channel", "state", "failure")
        .annotate(number=Count("pk"), example=Max("detail"))
        .order_by("-number", "channel", "state")[:REASONS]
    )
    failures = dict(Message.Failure.choices)
    return [
        Reason(
            label_of(row["channel"]),
            row["state"],
            failures.get(row["failure"]) or State(row["state"]).label,
            row["number"],
            row["example"],
        )
        for row in grouped
    ]
