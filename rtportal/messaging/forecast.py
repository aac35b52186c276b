"""When messages will go out that are to be planned: from the hours, the paces of the channels and what is used up.

Pure: whoever asks brings the numbers. It goes the way the delivery goes, earliest end first, so that a small account
serves the earliest wave before the others.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from rtportal.lib import clock
from rtportal.lib.sending_hours import OpenHours
from rtportal.messaging.channels.base import Pace

BUDGET_SPAN = timedelta(hours=24)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Crowd:
    """`people` who get one message each over `channel`, from `due_at` on and before `expires_at`, in their `hours`.

    `name` says whom it counts, such as `wave:12`; without `hours` they may be written to at any time. Who is not
    `is_asked` about only takes a turn: messages that wait already.
    """

    name: str
    channel: str
    people: int
    due_at: datetime
    expires_at: datetime | None = None
    hours: OpenHours | None = None
    is_asked: bool = True


@dataclass(frozen=True)
class ChannelForecast:
    """What one channel sends of what was planned, and from when to when; None where it sends nothing."""

    channel: str
    planned: int
    late: int
    first_at: datetime | None
    last_at: datetime | None

    @property
    def sent(self) -> int:
        return self.planned - self.late


@dataclass(frozen=True)
class Forecast:
    """`days` has, by local day in order, how many messages each channel sends; `late` how many of a crowd by its name
    come too late to be sent."""

    channels: tuple[ChannelForecast, ...]
    days: dict[date, dict[str, int]]
    late: dict[str, int]

    @property
    def planned(self) -> int:
        return sum(channel.planned for channel in self.channels)

    @property
    def sent(self) -> int:
        return sum(channel.sent for channel in self.channels)

    @property
    def late_count(self) -> int:
        return self.planned - self.sent

    @property
    def first_at(self) -> datetime | None:
        return min((channel.first_at for channel in self.channels if channel.first_at), default=None)

    @property
    def last_at(self) -> datetime | None:
        return max((channel.last_at for channel in self.channels if channel.last_at), default=None)


def forecast(
    crowds: Sequence[Crowd],
    *,
    paces: Mapping[str, Pace],
    used: Mapping[str, Sequence[datetime]],
    now: datetime,
    zone: clock.Zone,
) -> Forecast:
    """What becomes of the crowds from `now` on; `zone` is whose days are counted.

    `paces` are the channels' by name (a missing one has no limit), `used` the instants at which each channel sent to
    somebody in the last 24 hours: they take from the budget. Takes one step for each person.
    """
    channels, late, days = [], Counter(), {}
    for name in sorted({crowd.channel for crowd in crowds if crowd.is_asked}):
        mine = [crowd for crowd in crowds if crowd.channel == name]
        first_at = last_at = None
        missed = 0
        for crowd, at, count in _sends(mine, paces.get(name, Pace()), used.get(name, ()), now):
            if not crowd.is_asked:
                continue
            if at is None:
                late[crowd.name] += count
                missed += count
                continue
            first_at, last_at = first_at or at, at
            days.setdefault(clock.local_date(at, zone), Counter())[name] += count
        planned = sum(crowd.people for crowd in mine if crowd.is_asked)
        channels.append(ChannelForecast(name, planned, missed, first_at, last_at))
    return Forecast(tuple(channels), {day: dict(days[day]) for day in sorted(days)}, dict(late))


@dataclass
class _Waiting:
    """People of a crowd not written to yet, and the open hours found last."""

    crowd: Crowd
    left: int
    window: tuple[datetime, datetime] = field(default=(_NEVER, _NEVER))

    @property
    def rank(self) -> tuple:
        return (self.crowd.expires_at or _NEVER, self.crowd.due_at)

    def opening(self, at: datetime) -> datetime:
        """The first instant from `at` on at which somebody of the crowd may be written to."""
        at = max(at, self.crowd.due_at)
        hours = self.crowd.hours
        if hours is None:
            return at
        if not self.window[0] <= at < self.window[1]:
            opens = hours.open_from(at)
            self.window = opens, hours.open_until(opens)
        return max(at, self.window[0])

    def is_late(self, at: datetime) -> bool:
        return self.crowd.expires_at is not None and at >= self.crowd.expires_at


def _sends(
    crowds: Sequence[Crowd], pace: Pace, used: Sequence[datetime], now: datetime
) -> Iterator[tuple[Crowd, datetime | None, int]]:
    """Crowd, instant and number of people, in order of time; without an instant they come too late."""
    waiting = sorted((_Waiting(crowd, crowd.people) for crowd in crowds if crowd.people), key=lambda one: one.rank)
    recent = deque(sorted(used), maxlen=pace.people_per_day)
    free_at = now
    while waiting:
        if pace.people_per_day and len(recent) == pace.people_per_day:
            free_at = max(free_at, recent[0] + BUDGET_SPAN)
        openings = [one.opening(free_at) for one in waiting]
        at = min(openings)
        # Of those who may be written to first, the one whose time ends first.
        chosen = waiting[openings.index(at)]
        if chosen.is_late(at):
            yield chosen.crowd, None, chosen.left
            waiting.remove(chosen)
            continue
        yield chosen.crowd, at, 1
        recent.append(at)
        free_at = at + pace.gap if pace.gap else at
        chosen.left -= 1
        if not chosen.left:
            waiting.remove(chosen)
