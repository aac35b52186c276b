"""The worker looks through the waiting roster imports."""

import logging
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import F, Q

from participants.models import RosterImport, RosterUndo
from participants.use_cases.apply_roster import apply_roster
from participants.use_cases.check_roster import check_roster
from participants.use_cases.undo_roster_import import undo_roster_import

logger = logging.getLogger("rtportal.roster")

# Longer than checking or applying the largest file takes; a killed worker's import waits that long.
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
# A preview nobody decides about holds personal data for no purpose.
UNDECIDED = timedelta(days=7)
GAVE_UP = (
    "Berkas ini tidak dapat diproses karena gangguan pada sistem, sudah dicoba tiga kali. "
    "Unggah sekali lagi; bila terulang, hubungi pengelola portal."
)
NOT_UNDONE = (
    "Impor ini belum diurungkan karena gangguan pada sistem, sudah dicoba tiga kali; tidak ada data yang berubah. "
    "Urungkan sekali lagi; bila terulang, hubungi pengelola portal."
)


def process_roster_imports(*, now: datetime) -> int:
    """Does: checks every uploaded import, applies every approved one and undoes every one that is to be undone, if no
    other worker holds it; cancels previews and questions left undecided for a week, deletes the files of all that are
    done with, and forgets how to undo what was applied more than a week ago. Returns how many it took.
    Refuses: an import at which three workers ended; an undo at which they ended is offered again.
    Tells: whoever check_roster, apply_roster and undo_roster_import tell.
    """
    taken = 0
    while (claimed := _claim(now)) is not None:
        taken += 1
        try:
            if claimed.state == RosterImport.State.UPLOADED:
                check_roster(roster_import=claimed, now=now)
            elif claimed.state == RosterImport.State.APPROVED:
                apply_roster(roster_import=claimed, now=now)
            elif claimed.state == RosterImport.State.UNDOING:
                undo_roster_import(roster_import=claimed, now=now)
        except Exception:
            # The others must not wait for this one; it is tried again when its lease has run out.
            logger.exception("roster import %s failed", claimed.pk)
    state = RosterImport.State
    forgotten = RosterImport.objects.filter(state__in=[state.ASKED, state.PREVIEWED], uploaded_at__lt=now - UNDECIDED)
    forgotten.update(state=state.CANCELLED)
    RosterUndo.objects.filter(until__lte=now).exclude(roster_import__state=state.UNDOING).delete()
    _delete_files()
    return taken


def _claim(now: datetime) -> RosterImport | None:
    """One waiting import, held until now + LEASE: by conditional UPDATE, so that only one worker gets it."""
    free = RosterImport.objects.waiting().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))
    state, hopeless = RosterImport.State, free.filter(attempts__gte=MAX_ATTEMPTS)
    undoing = hopeless.filter(state=state.UNDOING)
    undoing.update(state=state.APPLIED, refusal=NOT_UNDONE, undone_by=None, lease_until=None, attempts=0)
    hopeless.update(state=state.REFUSED, refusal=GAVE_UP, lease_until=None)
    until = now + LEASE
    for pk in free.order_by("pk").values_list("pk", flat=True):
        if free.filter(pk=pk).update(lease_until=until, attempts=F("attempts") + 1):
            return RosterImport.objects.without_rows().select_related("region", "approved_by", "undone_by").get(pk=pk)
    return None


def _delete_files() -> None:
    """The path is emptied after the deletion, so that an interrupted one is made up for by the next sweep."""
    done = RosterImport.objects.filter(state__in=RosterImport.CLOSED).exclude(path="")
    for pk, path in done.values_list("pk", "path"):
        default_storage.delete(path)
        RosterImport.objects.filter(pk=pk).update(path="")
