"""An official takes the corrected copy of an uploaded roster along."""

from datetime import datetime

from participants.models import RosterImport
from participants.roster_file.copies import corrected_copy
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError


def copy_roster_import(*, roster_import: RosterImport, by: User, now: datetime) -> bytes:
    """The caller has checked Right.MANAGE_ROSTER.

    Does: makes the copy as XLSX and writes down who took it, since it holds telephone numbers. NIKs are in it for
    whoever uploaded the file, and for those who may have identity in full.
    Refuses (InputError): an import of which there is no preview; a file that is gone or cannot be read.
    Tells: the history.
    """
    state = RosterImport.State
    if roster_import.state != state.PREVIEWED:
        raise InputError(f"Impor ini {state(roster_import.state).label}, jadi berkasnya tidak dapat disalin.")
    is_own = roster_import.uploaded_by_id == by.pk
    has_identity = is_own or scope_of(by).may(Right.EXPORT_IDENTITY, roster_import.region_id)
    today = clock.local_date(now, roster_import.region.time_zone)
    packed = corrected_copy(roster_import, today=today, has_identity=has_identity)
    record(
        at=now,
        actor=by,
        action="roster.copied",
        sentence=(
            f"Mengunduh salinan daftar ketua RT {roster_import.filename} yang sudah diperbaiki, "
            f"{'dengan' if has_identity else 'tanpa'} NIK."
        ),
        region_code=roster_import.region_id,
        subject=f"region:{roster_import.region_id}",
        data={"import": roster_import.pk},
    )
    return packed
