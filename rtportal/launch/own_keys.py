"""At the start of each process: are the keys of this machine those that the portal's data lies under?"""

import logging

from django.db import DatabaseError, connections

from rtportal.lib import clock
from rtportal.privacy.use_cases.note_keys import note_keys
from rtportal.web.health import Trouble

_log = logging.getLogger("rtportal.launch")


def tell_foreign_keys() -> list[Trouble]:
    """Writes what is wrong into the log and returns it. A database that is away keeps nobody from starting."""
    try:
        found = note_keys(now=clock.now())
    except DatabaseError:
        _log.warning("the keys of this machine were not compared: the database does not answer", exc_info=True)
        return []
    finally:
        # Processes that are forked from this one must not share its connection.
        connections.close_all()
    for trouble in found:
        _log.error(trouble.sentence)
    return found


def refuse_foreign_keys() -> None:
    """Ends the process, with the sentence and code 1, where it could not open what it is to work on."""
    if sentences := [trouble.sentence for trouble in tell_foreign_keys() if trouble.is_outage]:
        raise SystemExit("\n".join(sentences))
