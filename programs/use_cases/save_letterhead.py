"""Change what stands at the head of an office's papers."""

from datetime import datetime

from django.db import transaction

from programs import logo_store
from programs.errors import Refusal
from programs.models import Office
from programs.queries.changes import changed_labels, differences
from programs.queries.papers import letterhead_values
from programs.use_cases._editing import refuse_stale, save_or_refuse
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.documents.trial_print import printable_picture
from rtportal.lib.pictures import PictureRefused

# Bytes. Arms are printed 2 cm high.
LARGEST_LOGO = 1024 * 1024


def save_letterhead(
    *,
    office: Office,
    version: int,
    address: str,
    city: str,
    contact_lines: str,
    logo: bytes | None = None,
    removes_logo: bool = False,
    actor: User | None,
    now: datetime,
) -> Office:
    """Does: writes address, city, contact lines and, where a new one is given, the arms (kept privately); an audit
    line. Without a difference nothing is written. The former picture is deleted.

    Refuses: an edit on top of a version that somebody else has changed (StaleEdit), of which the office's other fields
    are a part; a picture that is larger than 1 MB, neither PNG nor JPEG, or broken (Refusal, field `logo`).
    Tells: nobody. Papers made from now on have the new head.
    """
    path = _keep(logo) if logo is not None else ""
    wishes = {"address": address, "city": city, "contact_lines": contact_lines}
    if path or removes_logo:
        wishes["logo_path"] = path
    try:
        return _write(office.pk, version, wishes, actor, now)
    except BaseException:
        if path:
            logo_store.remove(path)
        raise


def _keep(logo: bytes) -> str:
    if len(logo) > LARGEST_LOGO:
        raise Refusal("Gambar ini terlalu besar: paling besar 1 MB.", field="logo")
    try:
        kind = printable_picture(logo).kind
    except PictureRefused as error:
        raise Refusal(error.sentence, field="logo") from error
    return logo_store.put(logo, kind)


@transaction.atomic
def _write(pk: int, version: int, wishes: dict[str, str], actor: User | None, now: datetime) -> Office:
    row = Office.objects.select_for_update().get(pk=pk)
    subject, part = f"region:{row.region_id}", f"office:{row.pk}"
    refuse_stale(row, subject, version, part)
    before, former = letterhead_values(row), row.logo_path
    for field, value in wishes.items():
        setattr(row, field, value)
    changes = differences(before, letterhead_values(row))
    if not changes:
        return row
    save_or_refuse(row, version=row.version + 1)
    if former and former != row.logo_path:
        # Not before the row has let go of it for good.
        transaction.on_commit(lambda: logo_store.remove(former))
    record(
        at=now,
        actor=actor,
        action="office.letterhead_changed",
        sentence=f"Mengubah kop surat {row.name}: {changed_labels(changes)}.",
        region_code=row.region_id,
        subject=subject,
        data={part: {"version": row.version, "changes": changes}},
    )
    return row
