"""An official has seen the preview of a roster and wants it applied."""

from django.db import transaction

from participants.models import RosterImport
from rtportal.accounts.models import User
from rtportal.lib.errors import InputError
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def approve_roster_import(*, import_id: int, fingerprint: str, by: User) -> None:
    """Does: hands a previewed import to the worker, once; said twice it is still once. `fingerprint` is that of the
    preview the official looked at.
    Refuses (InputError): an import that is not yet checked, refused or cancelled, or whose preview was renewed
    after the official opened it.
    Tells: the worker.
    """
    state = RosterImport.State
    ready = RosterImport.objects.filter(pk=import_id, state=state.PREVIEWED, fingerprint=fingerprint)
    if ready.update(state=state.APPROVED, approved_by=by, lease_until=None, attempts=0):
        wake_after_commit("participants.process_roster_imports")
        return
    now_in = RosterImport.objects.values_list("state", flat=True).get(pk=import_id)
    if now_in == state.PREVIEWED:
        raise InputError("Pratinjau ini sudah diperbarui. Periksa isinya sekali lagi, lalu terapkan.")
    if now_in not in (state.APPROVED, state.APPLIED):
        raise InputError(f"Impor ini {state(now_in).label}, jadi tidak dapat diterapkan.")
