"""An official does not want a roster applied after all."""

from django.db import transaction

from participants.models import RosterImport
from rtportal.lib.errors import InputError
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def cancel_roster_import(*, import_id: int) -> None:
    """Does: closes an import that was not approved; the roster stays as it is. Said twice it is still once.
    Refuses (InputError): an import that is being applied, was applied or was refused.
    Tells: the worker, which deletes the file.
    """
    state = RosterImport.State
    open_ones = RosterImport.objects.filter(pk=import_id, state__in=[state.UPLOADED, state.ASKED, state.PREVIEWED])
    if open_ones.update(state=state.CANCELLED, lease_until=None):
        wake_after_commit("participants.process_roster_imports")
        return
    now_in = RosterImport.objects.values_list("state", flat=True).get(pk=import_id)
    if now_in != state.CANCELLED:
        raise InputError(f"Impor ini {state(now_in).label}, jadi tidak dapat dibatalkan.")
