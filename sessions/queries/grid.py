"""An agenda as a timetable: one grid a day, rooms beside each other, time downwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from programs.models import Wave
from rtportal.lib import clock
from sessions.clashes import room_key
from sessions.models import TrainingSession
from sessions.queries.agenda import AgendaItem
from sessions.queries.learning_hours import GroupHours, LearningHours, hours_list

# What static/css/agenda_scale.css has classes for; whatever is more shares the last place.
MOST_ROOMS, MOST_LANES, STEP = 12, 4, 5
# Minutes below which a card is one line.
SHORT = 40
# A wave of more days is a slip of the keyboard: then only days with sessions are shown.
MOST_EMPTY_DAYS = 31
_MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Room:
    """A column of the grid. `value` is what a session's `room` holds, empty for the main hall."""

    value: str
    name: str
    column: int


@dataclass
class Card:
    """A session where it stands in its day's grid; `begins` and `ends` are minutes after local midnight."""

    item: AgendaItem
    room: Room
    begins: int
    ends: int
    is_wide: bool = False
    lane: int = 0
    lanes: int = 1

    @property
    def session(self) -> TrainingSession:
        return self.item.session

    @property
    def is_short(self) -> bool:
        """Has room for one line only."""
        return self.ends - self.begins < SHORT

    @property
    def begins_words(self) -> str:
        """`09:05`, as a form takes it."""
        return _hour_and_minute(self.begins)

    @property
    def ends_words(self) -> str:
        return _hour_and_minute(self.ends)

    @property
    def place(self) -> str:
        """CSS classes: hour and minute of both ends, to the step; column, lane and number of lanes."""
        begins, ends = self.begins // STEP * STEP, -(-self.ends // STEP) * STEP
        where = "wide" if self.is_wide else f"room-{self.room.column} lane-{self.lane} of-{self.lanes}"
        return f"fh-{begins // 60} fm-{begins % 60} th-{ends // 60} tm-{ends % 60} {where}"


@dataclass(frozen=True)
class Day:
    """One local day of the wave: its cards in order of time, and the full hours (24 at most) that the grid spans."""

    day: date
    number: int
    cards: list[Card]
    first_hour: int
    last_hour: int
    learning: list[GroupHours]

    @property
    def hours(self) -> range:
        return range(self.first_hour, self.last_hour)

    @cached_property
    def learning_words(self) -> str:
        return hours_list(self.learning) if any(entry.minutes for entry in self.learning) else ""


def rooms_of(sessions: Iterable[TrainingSession], hall: str) -> list[Room]:
    """The columns: the main hall first, then the rooms by name, each as it was typed first."""
    named: dict[str, str] = {}
    for session in sessions:
        if key := room_key(session.room, hall):
            named.setdefault(key, session.room.strip())
    others = sorted(named.values(), key=str.casefold)
    return [Room(value, value or hall, min(column, MOST_ROOMS)) for column, value in enumerate(["", *others], start=1)]


def days_of(items: list[AgendaItem], wave: Wave, rooms: list[Room], learning: LearningHours) -> list[Day]:
    """The agenda's days, and the wave's days that have no session yet. No query; needs `venue` and `program.region`."""
    zone, hall = clock.parse_zone(wave.zone), wave.venue.name
    columns = {room_key(room.value, hall): room for room in rooms}
    by_day: dict[date, list[Card]] = {day: [] for day in _days(wave.starts_at, wave.ends_at, wave.zone)}
    for item in items:
        session = item.session
        begins, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        last = _MIDNIGHT if ends.date() > begins.date() else _minute(ends)
        card = Card(item, columns[room_key(session.room, hall)], _minute(begins), last)
        by_day.setdefault(begins.date(), []).append(card)
    for cards in by_day.values():
        _widen(cards)
        _spread(cards)
    opening, closing = wave.starts_at.astimezone(zone), wave.ends_at.astimezone(zone)
    return [
        Day(
            day=day,
            number=(day - opening.date()).days + 1,
            cards=cards,
            first_hour=min([opening.hour, *(card.begins // 60 for card in cards)]),
            last_hour=max([-(-_minute(closing) // 60), opening.hour + 1, *(-(-card.ends // 60) for card in cards)]),
            learning=learning.days.get(day, []),
        )
        for day, cards in sorted(by_day.items())
    ]


def _days(first: datetime, last: datetime, zone: str) -> list[date]:
    begin, end = clock.local_date(first, zone), clock.local_date(last, zone)
    length = (end - begin).days + 1
    return [begin + timedelta(days=number) for number in range(length)] if length <= MOST_EMPTY_DAYS else []


def _hour_and_minute(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _widen(cards: list[Card]) -> None:
    """A break for everybody stands across all rooms, unless something else goes on meanwhile."""
    for card in cards:
        session = card.session
        if session.kind == TrainingSession.Kind.BREAK and not session.room and not session.group:
            card.is_wide = not any(
                other is not card and other.begins < card.ends and card.begins < other.ends for other in cards
            )


def _spread(cards: list[Card]) -> None:
    """Sessions at one time in one room stand side by side."""
    for column in {card.room.column for card in cards}:
        cluster: list[Card] = []
        for card in [card for card in cards if card.room.column == column and not card.is_wide]:
            if cluster and card.begins >= max(other.ends for other in cluster):
                cluster = []
            busy = {other.lane for other in cluster if other.ends > card.begins}
            card.lane = min(next(lane for lane in range(len(cluster) + 1) if lane not in busy), MOST_LANES - 1)
            cluster.append(card)
            lanes = max(other.lane for other in cluster) + 1
            for other in cluster:
                other.lanes = lanes
