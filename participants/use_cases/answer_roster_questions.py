"""An official says which column of a roster is which, or which place a name means."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from participants.models import ColumnMapping, RosterImport
from participants.roster_file.columns import check_choice, listed
from participants.roster_file.decisions import column_questions, merged
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.lib.wakeup import wake_after_commit

_MOVED_ON = "Impor ini {state}, jadi jawabannya tidak dapat dipakai lagi."
_OTHER_COLUMNS = "Susunan kolom ini bukan milik berkas ini. Muat ulang halamannya, lalu pilih lagi."


@transaction.atomic
def answer_roster_questions(*, import_id: int, answers: Mapping, by: User, now: datetime) -> None:
    """Does: keeps the answers (a part of `RosterImport.decisions`, see `participants/roster_file/decisions.py`) with
    the import and sends it back to the worker. Which column is which is remembered for the next file of the region
    with the same header.
    Refuses (InputError): an import that neither asks nor shows a preview; columns of another file; a choice of
    columns without one that is needed.
    Tells: the worker; the history.
    """
    state = RosterImport.State
    row = RosterImport.objects.select_for_update().get(pk=import_id)
    if row.state not in (state.ASKED, state.PREVIEWED):
        raise InputError(_MOVED_ON.format(state=state(row.state).label))
    asked = {one["header"]: one for one in [*column_questions(row.questions), *row.preview.get("columns", [])]}
    decisions = merged(row.decisions, answers)
    for header, columns in answers.get("columns", {}).items():
        if header not in asked:
            raise InputError(_OTHER_COLUMNS)
        check_choice(columns, asked[header], decisions.get("districts", {}))
        if columns:
            ColumnMapping.objects.update_or_create(
                region_id=row.region_id,
                header=header,
                defaults={"columns": columns, "saved_at": now, "saved_by": by},
            )
    ready = RosterImport.objects.filter(pk=import_id, state=row.state)
    ready.update(
        state=state.UPLOADED,
        decisions=decisions,
        questions=[],
        preview={},
        fingerprint="",
        rows_done=0,
        rows_total=0,
        lease_until=None,
        attempts=0,
        restated_at=None,
    )
    record(
        at=now,
        actor=by,
        action="roster.answered",
        sentence=f"Menjawab pertanyaan tentang daftar ketua RT {row.filename}: {_said(answers)}.",
        region_code=row.region_id,
        subject=f"region:{row.region_id}",
        data={"import": row.pk} | dict(answers),
    )
    wake_after_commit("participants.process_roster_imports")


def _said(answers: Mapping) -> str:
    about = []
    if answers.get("columns") or answers.get("districts"):
        about.append("isi kolomnya")
    if places := answers.get("places"):
        about.append(f"{thousands(len(places))} nama tempat")
    if "missing" in answers:
        ends = answers["missing"] == "end"
        about.append(f"ketua RT yang tidak ada di berkas {'diakhiri' if ends else 'dibiarkan'}")
    return listed(about) if about else "tidak ada yang berubah"
