"""Jam pelajaran (JP): how long somebody who attends a wave learns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from rtportal.lib import clock
from sessions.models import TrainingSession


@dataclass(frozen=True)
class GroupHours:
    """Learning `minutes` of one parallel group; an empty `group` is everybody, where there are no groups."""

    group: str
    minutes: int
    unit: int

    @property
    def words(self) -> str:
        """`6 JP`, `6,3 JP`, `Kelompok A 5 JP`."""
        return f"{self.group} {jp_words(self.minutes, self.unit)}".strip()


@dataclass(frozen=True)
class LearningHours:
    """`total` and `days` hold one entry for each group of the wave; `unit` is minutes for one JP."""

    unit: int
    total: list[GroupHours]
    days: dict[date, list[GroupHours]]

    @property
    def words(self) -> str:
        """`6 JP @45 menit`."""
        return f"{hours_list(self.total)} @{self.unit} menit"


def hours_list(hours: list[GroupHours]) -> str:
    """`6 JP`; `Kelompok A 6 JP, Kelompok B 5,3 JP`; `6 JP untuk setiap kelompok`."""
    if len(hours) > 1 and len({entry.minutes for entry in hours}) == 1:
        return f"{jp_words(hours[0].minutes, hours[0].unit)} untuk setiap kelompok"
    return ", ".join(entry.words for entry in hours)


def jp_words(minutes: int, unit: int) -> str:
    """JP with at most one decimal: 285 minutes of 45 are `6,3 JP`."""
    exact = (Decimal(minutes) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{exact:f}".removesuffix(".0").replace(".", ",") + " JP"


def learning_hours(sessions: Iterable[TrainingSession], *, zone: str, unit: int) -> LearningHours:
    """Learning time of the sessions in JP of `unit` minutes, per local day and in all.

    Only learning sessions count. A member of a parallel group hears the sessions of that group and those for
    everybody. Nobody hears two at once, so a minute counts once however many sessions it has.
    """
    learning = [session for session in sessions if session.is_learning]
    groups = group_names(learning)
    by_day: dict[date, list[TrainingSession]] = {}
    for session in sorted(learning, key=lambda session: session.starts_at):
        by_day.setdefault(clock.local_date(session.starts_at, zone), []).append(session)
    minutes = {
        day: {group: minutes_together(_span(session) for session in rows if _hears(group, session)) for group in groups}
        for day, rows in by_day.items()
    }
    days = {day: [GroupHours(group, each[group], unit) for group in groups] for day, each in minutes.items()}
    total = [GroupHours(group, sum(each[group] for each in minutes.values()), unit) for group in groups]
    return LearningHours(unit, total, days)


def group_names(sessions: Iterable[TrainingSession]) -> list[str]:
    """The parallel groups in order of name, each as it was typed first; one empty name where there is none."""
    named: dict[str, str] = {}
    for session in sessions:
        if session.group:
            named.setdefault(group_key(session.group), session.group)
    return sorted(named.values(), key=str.casefold) or [""]


def group_key(group: str) -> str:
    """Groups are typed by hand: letter case and spaces do not tell two apart."""
    return "".join(group.split()).casefold()


def sessions_heard(group: str, sessions: Iterable[TrainingSession]) -> list[TrainingSession]:
    """The learning sessions that somebody of the parallel group hears, in the order given; "" is in no group."""
    return [session for session in sessions if session.is_learning and _hears(group, session)]


def minutes_together(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Whole minutes that the spans (beginning, end), in order of their beginnings, take together."""
    taken = 0.0
    busy: datetime | None = None
    for start, end in spans:
        begin = max(start, busy) if busy else start
        if end > begin:
            taken += (end - begin).total_seconds()
            busy = end
    return int(taken // 60)


def _hears(group: str, session: TrainingSession) -> bool:
    return not session.group or group_key(session.group) == group_key(group)


def _span(session: TrainingSession) -> tuple[datetime, datetime]:
    return session.starts_at, session.ends_at
