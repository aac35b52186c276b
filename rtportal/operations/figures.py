"""Figures of the portal's work that are read from the database: what waits, what was sent, when something last worked.

Apps that stand above say at their start what they count:

    figure_source("participants", answers_and_scans)

A label never names a person, a place or anything that somebody typed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min

from rtportal.documents.models import GeneratedFile
from rtportal.messaging.models import Heartbeat, Message
from rtportal.operations.models import BackupRun


@dataclass(frozen=True)
class Figure:
    """One number; `help` is the same for all figures of a name."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


FigureSource = Callable[[datetime], Iterable[Figure]]
_sources: dict[str, FigureSource] = {}


def figure_source(app: str, source: FigureSource) -> None:
    """Registers what an app counts; the same app again replaces it."""
    _sources[app] = source


def figures(now: datetime) -> list[Figure]:
    """All of them; a handful of queries, whatever the size of the database."""
    found = [*_messages(), *_waiting(now), *_signs_of_life(now), *_backup()]
    for source in _sources.values():
        found += source(now)
    return found


def _messages() -> Iterable[Figure]:
    rows = Message.objects.order_by().values("state", "channel").annotate(count=Count("pk"))
    for row in rows:
        labels = {"state": row["state"], "channel": row["channel"] or "none"}
        yield Figure("rtportal_messages", "Messages by state and channel.", row["count"], labels)


def _waiting(now: datetime) -> Iterable[Figure]:
    oldest = Message.objects.due(now).order_by().aggregate(oldest=Min("due_at"))["oldest"]
    age = (now - oldest).total_seconds() if oldest else 0
    yield Figure("rtportal_queue_age_seconds", "How long the oldest message that is due has waited.", age)
    unfinished = GeneratedFile.objects.filter(state__in=["queued", "running"]).count()
    yield Figure("rtportal_files_waiting", "Files that are still to be made.", unfinished)


def _signs_of_life(now: datetime) -> Iterable[Figure]:
    for name, at in Heartbeat.objects.values_list("name", "beaten_at"):
        age = (now - at).total_seconds()
        yield Figure("rtportal_heartbeat_age_seconds", "Since the last sign of life.", age, {"part": name})


def _backup() -> Iterable[Figure]:
    last = BackupRun.objects.filter(fault="").first()
    at, size = (last.finished_at.timestamp(), last.size_bytes) if last else (0, 0)
    yield Figure("rtportal_last_backup_timestamp_seconds", "When the last archive was finished; 0 for never.", at)
    yield Figure("rtportal_last_backup_bytes", "Size of the last archive.", size)
