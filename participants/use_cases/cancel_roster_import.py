"""An official does not want a roster applied after all."""

from datetime import datetime

from django.db import transaction

from participants.models import RosterImport
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.wakeup import wake_after_commit


@transaction.atomic
def cancel_roster_import(*, import_id: int, by: User, now: datetime) -> None:
    """Does: closes an import that was not approved; the roster stays as it is. Said twice it is still once.
    Refuses (InputError): an import that is being applied, was applied or was refused.
    Tells: the worker, which deletes the file; one audit line.
    """
    state = RosterImport.State
    open_ones = RosterImport.objects.filter(pk=import_id, state__in=[state.UPLOADED, state.ASKED, state.PREVIEWED])
    if open_ones.update(state=state.CANCELLED, lease_until=None):
        wake_after_commit("participants.process_roster_imports")
        cancelled = RosterImport.objects.get(pk=import_id)
        record(
            at=now,
            actor=by,
            action="roster.cancelled",
            sentence=f"Membatalkan impor {cancelled.filename}; daftar ketua RT tidak berubah.",
            region_code=cancelled.region_id,
            subject=f"region:{cancelled.region_id}",
            data={"import": import_id},
        )
        return
    now_in = RosterImport.objects.values_list("state", flat=True).get(pk=import_id)
    if now_in != state.CANCELLED:
        raise InputError(f"Impor ini {state(now_in).label}, jadi tidak dapat dibatalkan.")
