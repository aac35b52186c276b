"""A roster file comes in."""

import uuid
from datetime import datetime

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from participants.models import RosterImport
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.wakeup import wake_after_commit
from rtportal.regions.models import Region

MAX_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 200


def upload_roster(*, region: Region, upload: File, filename: str, by: User, now: datetime) -> RosterImport:
    """Does: keeps the file under a name nobody can guess and puts the import into the worker's queue.
    Refuses: nothing; whether the file is a roster at all is the worker's to say.
    Tells: the worker.
    """
    # The name comes from outside: it is shown, never used as a path.
    shown = "".join(c for c in filename if c.isprintable())[-LONGEST_NAME:] or "daftar ketua RT"
    path = default_storage.save(f"rosters/{uuid.uuid4().hex}", upload)
    try:
        with transaction.atomic():
            made = RosterImport.objects.create(
                region=region, uploaded_by=by, uploaded_at=now, filename=shown, path=path
            )
            record(
                at=now,
                actor=by,
                action="roster.uploaded",
                sentence=f"Mengunggah daftar ketua RT {region.full_name} ({shown}) untuk diperiksa.",
                region_code=region.code,
                subject=f"region:{region.code}",
                data={"import": made.pk},
            )
            wake_after_commit("participants.process_roster_imports")
    except BaseException:
        default_storage.delete(path)
        raise
    return made
