"""Entering a signed attendance sheet by its exceptions."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from participants.models import PaperLine, PaperSheet
from participants.moving import locked_waves
from participants.queries.paper_sheets import codes_of, printed_people
from programs.errors import Refusal, StaleEdit
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.numbers import thousands
from sessions.models import TrainingSession


@transaction.atomic
def enter_paper_sheet(
    *,
    session: TrainingSession,
    rows: Collection[int],
    are_signed: bool,
    version: int,
    actor: User,
    now: datetime,
) -> PaperSheet:
    """Keep who signed the sheet of a session: `rows` are row numbers, `are_signed` says what they have in common.

    Does: everybody else on the sheet is the opposite. Entering again replaces what was entered; a person about whom
    something else is entered now is open for a decision again, other decisions stay. The same again changes nothing.
    Attendance itself does not change here.
    Refuses (Refusal): a sheet that was never printed, a session that is gone, a cancelled wave, numbers that are not on
    the sheet; a sheet that somebody else entered after the official saw `version` (StaleEdit).
    Tells: one audit line at the wave.
    """
    # Nobody leaves the wave, and nobody else enters its sheets, until this is done.
    wave = locked_waves([session.wave_id])[session.wave_id]
    if wave.is_cancelled:
        raise Refusal("Gelombang ini dibatalkan, jadi kehadiran tidak dicatat.")
    sheet = PaperSheet.objects.select_related("session").filter(session=session.pk).first()
    if sheet is None:
        raise Refusal("Daftar hadir sesi ini belum pernah dicetak, jadi belum ada kode barisnya.")
    people = {row.row_number: row.pk for row in printed_people(sheet.session, sheet)}
    if unknown := [number for number in rows if number not in people]:
        raise Refusal(f"Tidak ada pada lembar sesi ini: {codes_of(unknown[:10])}.", field="kode")
    typed = {people[number] for number in rows}
    signed = {pk: (pk in typed) == are_signed for pk in people.values()}
    if not _changes(sheet, signed):
        return sheet
    if sheet.version != version:
        raise StaleEdit(version=sheet.version, changes=[])
    is_first = not sheet.version
    _write(sheet, signed)
    sheet.version += 1
    sheet.entered_by, sheet.entered_at = actor, now
    sheet.save(update_fields=["version", "entered_by", "entered_at"])
    yes = sum(signed.values())
    record(
        at=now,
        actor=actor,
        action="paper.entered",
        sentence=f"{'Memasukkan' if is_first else 'Mengubah'} lembar tanda tangan sesi “{sheet.session.title}”: "
        f"{thousands(yes)} tanda tangan, {thousands(len(signed) - yes)} tidak.",
        region_code=wave.program.region_id,
        subject=wave.group,
        data={"session": sheet.session_id, "version": sheet.version},
    )
    return sheet


def _changes(sheet: PaperSheet, signed: dict[int, bool]) -> bool:
    return not sheet.version or dict(sheet.lines.values_list("enrolment_id", "is_signed")) != signed


def _write(sheet: PaperSheet, signed: dict[int, bool]) -> None:
    before = dict(sheet.lines.values_list("enrolment_id", "is_signed"))
    sheet.lines.exclude(enrolment__in=signed).delete()
    for value in (True, False):
        turned = [pk for pk, now_signed in signed.items() if now_signed is value and before.get(pk) is (not value)]
        sheet.lines.filter(enrolment__in=turned).update(
            is_signed=value, settled_at=None, settled_by=None, settled_note=""
        )
    PaperLine.objects.bulk_create(
        PaperLine(sheet=sheet, enrolment_id=pk, is_signed=value) for pk, value in signed.items() if pk not in before
    )
