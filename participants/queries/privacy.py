"""The privacy notice: each version is a template whose name is the day from which it holds."""

from datetime import date, datetime
from pathlib import Path

from django.template.engine import Engine

from rtportal.lib import clock

FOLDER = "participants/privacy"
# The day begins where Indonesia's begins last.
_ZONE = "WIB"


def versions_by(now: datetime) -> list[date]:
    """The days of all versions that hold or held, the newest first; one to come is not shown yet."""
    today = clock.local_date(now, _ZONE)
    return sorted((day for day in _written() if day <= today), reverse=True)


def notice_at(at: datetime) -> date | None:
    """The first day of the version that held at that moment; None before the first one."""
    return next(iter(versions_by(at)), None)


def template_of(version: date) -> str:
    return f"{FOLDER}/{version.isoformat()}.html"


def _written() -> set[date]:
    folders = (Path(folder) / FOLDER for folder in Engine.get_default().dirs)
    return {date.fromisoformat(path.stem) for folder in folders for path in folder.glob("????-??-??.html")}
