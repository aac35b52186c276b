"""Logs of several desks for tests, drawn by hypothesis: whatever can happen at a door, in any mixture."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from participants.presence.merge import Hours, Recorded

DAY = datetime(2026, 4, 8, tzinfo=UTC)
HOURS = Hours(DAY + timedelta(hours=1), DAY + timedelta(hours=2), DAY, DAY + timedelta(hours=7))
DESKS = (1, 2, 3)

# Minutes after the wave's beginning: mostly around the session, sometimes by a clock that is a day wrong.
_minutes = st.one_of(st.integers(45, 130), st.sampled_from([-1500, 1500, 60, 120]))


def _entry(number: int, desk: int, kind: str, minutes: int, seconds: int, target: int, extra: int, shown: str):
    at = DAY + timedelta(minutes=minutes, seconds=seconds)
    by_office = kind == "clear" or (kind == "in" and desk == 0)
    return Recorded(
        uid=UUID(int=number + 1),
        kind=kind,
        source="list" if by_office else "door",
        at=at,
        device=None if by_office else desk or 1,
        seq=0 if by_office else number,
        actor=9 if by_office else None,
        companions=extra,
        undoes=UUID(int=target % (number + 3) + 1) if kind == "undo" else None,
        shown=shown,
        device_at=None if by_office else at,
    )


@st.composite
def logs(draw, most: int = 12) -> list[Recorded]:
    """All that was recorded of one person in one session. Undos name any entry, also later ones and none at all."""
    kinds = st.sampled_from(["in", "in", "in", "out", "out", "undo", "clear"])
    drawn = st.tuples(
        st.integers(0, 3),
        kinds,
        _minutes,
        st.integers(0, 150),
        st.integers(0, 20),
        st.integers(0, 2),
        st.sampled_from(["present", "already"]),
    )
    return [_entry(number, *values) for number, values in enumerate(draw(st.lists(drawn, max_size=most)))]
