"""What does not work, as the apps of the platform know it: for the banner of officials and for /sehat/.

`web` stands below the apps that have something to tell, so each says at its start where to ask:

    health_source("messages", troubles_of_messages)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rtportal.accounts.row_guard import beyond_scope


@dataclass(frozen=True)
class Trouble:
    """`name` is a stable word for machines that says nothing secret (`channel:email`), `sentence` is for officials.

    With `is_outage` False the portal still works: /sehat/ names it, but stays at 200.
    """

    name: str
    sentence: str
    is_outage: bool = True


# What does not work at an instant; at most one query.
HealthSource = Callable[[datetime], list[Trouble]]
_sources: dict[str, HealthSource] = {}
_not_on_pages: set[str] = set()

# Why row-level security does not cut into it.
_FOR_EVERYBODY = "whether the portal works is one answer for everybody, and names nobody"


def health_source(part: str, source: HealthSource, *, on_pages: bool = True) -> None:
    """Registers who knows about a part of the portal; the same part again replaces it.

    Pages ask every part that is `on_pages` each time they are shown; only /sehat/ asks the others.
    """
    _sources[part] = source
    if not on_pages:
        _not_on_pages.add(part)


@beyond_scope(_FOR_EVERYBODY)
def troubles_by_part(now: datetime) -> dict[str, list[Trouble]]:
    """Every part that is watched with its troubles; at most one query for each part."""
    return {part: source(now) for part, source in _sources.items()}


@beyond_scope(_FOR_EVERYBODY)
def troubles(now: datetime) -> list[Trouble]:
    """Those that pages tell."""
    shown = [source for part, source in _sources.items() if part not in _not_on_pages]
    return [trouble for source in shown for trouble in source(now)]
