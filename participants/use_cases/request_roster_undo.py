"""An official wants an applied roster taken back."""

from datetime import datetime

from django.db import transaction

from participants.models import RosterImport, RosterUndo
from rtportal.accounts.models import User
from rtportal.lib.errors import InputError
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def request_roster_undo(*, import_id: int, by: User, now: datetime) -> None:
    """The caller has checked Right.MANAGE_ROSTER.

    Does: hands an applied import to the worker to be undone, once; said twice it is still once.
    Refuses (InputError): an import that was not applied, was undone, or was applied more than seven days ago.
    Tells: the worker.
    """
    state = RosterImport.State
    mine = RosterImport.objects.filter(pk=import_id)
    ready = mine.filter(state=state.APPLIED, undo__in=RosterUndo.objects.filter(until__gt=now))
    if ready.update(state=state.UNDOING, undone_by=by, refusal="", lease_until=None, attempts=0):
        wake_after_commit("participants.process_roster_imports")
        return
    now_in = mine.values_list("state", flat=True).get()
    if now_in == state.UNDONE:
        raise InputError("Impor ini sudah diurungkan.")
    if now_in == state.APPLIED:
        raise InputError(
            "Impor ini tidak dapat diurungkan lagi: tidak ada yang diubahnya, atau sudah lewat tujuh hari."
        )
    if now_in != state.UNDOING:
        raise InputError(f"Impor ini {state(now_in).label}, jadi tidak ada yang dapat diurungkan.")
