"""A process of the portal starts: are its keys those of all the others?"""

from datetime import datetime

from rtportal.privacy.key_marks import WATCHED, marks_in_use, own_marks, troubles_of_keys
from rtportal.privacy.models import KeyMark
from rtportal.web.health import Trouble


def note_keys(*, now: datetime) -> list[Trouble]:
    """Does: remembers by its mark each key that this machine begins to write with. A machine that lacks a key in use
    is remembered with none: what it would write is not the portal's.
    Refuses: nothing; returns what `troubles_of_keys` finds, which the caller tells or stops at.
    Tells: nobody.
    """
    used = marks_in_use()
    begun = []
    for variable in WATCHED:
        own = own_marks(variable)
        if used[variable] <= set(own) and own[0] not in used[variable]:
            begun.append(KeyMark(variable=variable, mark=own[0], noted_at=now))
    if begun:
        # Another process of the same machine may be doing the same.
        KeyMark.objects.bulk_create(begun, ignore_conflicts=True)
    return troubles_of_keys(now)
