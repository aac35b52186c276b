"""What the links between the pages of the door count."""

from participants.queries.attendance_problems import open_problems
from participants.queries.walk_ins import waiting_guests
from programs.models import Wave


def door_tab(wave: Wave) -> dict[str, int]:
    """`problems` that nobody decided about and `walk_ins` whom nobody matched. Two queries."""
    return {"problems": open_problems(wave).count(), "walk_ins": waiting_guests(wave).count()}
