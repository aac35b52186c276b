"""What does not work, as the apps of the platform know it: for the banner of officials and for /sehat/.

`web` stands below the apps that have something to tell, so each says at its start where to ask:

    health_source("messages", troubles_of_messages)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Trouble:
    """`name` is a stable word for machines that says nothing secret (`channel:email`), `sentence` is for officials."""

    name: str
    sentence: str


# What does not work at an instant; one query.
HealthSource = Callable[[datetime], list[Trouble]]
_sources: dict[str, HealthSource] = {}


def health_source(part: str, source: HealthSource) -> None:
    """Registers who knows about a part of the portal; the same part again replaces it."""
    _sources[part] = source


def troubles_by_part(now: datetime) -> dict[str, list[Trouble]]:
    """Every part that is watched with its troubles; one query for each part."""
    return {part: source(now) for part, source in _sources.items()}


def troubles(now: datetime) -> list[Trouble]:
    """All of them."""
    return [trouble for some in troubles_by_part(now).values() for trouble in some]
