"""An approved roster is applied."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from participants import nik_store
from participants.models import RT, RosterImport, RosterUndo, RTHead
from participants.roster_file.decisions import keepable
from participants.roster_file.differences import Change, Differences, find_differences
from participants.roster_file.entries import Entry
from participants.roster_file.preview import outcome_of
from participants.roster_file.reading import read_stored_roster
from participants.roster_file.undo import KEPT_FOR, WRITTEN, changes_of
from participants.substitutes import turn_back_heads
from participants.succession import HandedOver, end_term, hand_over, lock_roster
from participants.use_cases._readdressing import locked_coming_waves, readdress
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands

_ENDED = ["term_ends_on", "is_current"]


def apply_roster(*, roster_import: RosterImport, now: datetime) -> bool:
    """Does: writes what the file says, all or nothing, for an import this worker has claimed. What it would change
    is found anew inside the transaction; only if that is what the official saw is it written. Faulty rows stay as
    they are, and so do RTs that the file does not name, unless the official wants their heads' terms ended. Where an
    RT has another head now, the open invitations of the office pass to them: see `participants/succession.py`.
    Messages not sent yet follow a head whose data were put right. How to undo all of it is kept for seven days.
    Refuses: a file that is gone. If the data changed since the preview, nothing is written and the import goes back
    to the official with a new preview.
    Tells: the history, and each successor with an open invitation, once; whoever is represented by somebody who turns
    out to be a head of the same wave. Returns False if the claim was lost meanwhile: then nothing was written either.
    """
    state = RosterImport.State
    held = RosterImport.objects.filter(pk=roster_import.pk, state=state.APPROVED, lease_until=roster_import.lease_until)
    try:
        # Reading takes seconds, so it is done before anything is locked.
        today = clock.local_date(now, roster_import.region.time_zone)
        reading = read_stored_roster(roster_import, today=today)
    except InputError as refused:
        return bool(held.update(state=state.REFUSED, refusal=keepable(refused.sentence)[:1000], lease_until=None))
    if reading.questions:
        return bool(held.update(state=state.ASKED, questions=keepable(reading.questions), lease_until=None, attempts=0))
    with transaction.atomic():
        # A second worker waits here for the row and then finds it in another state.
        if not held.update(state=state.APPLIED, applied_at=now, lease_until=None, attempts=0):
            return False
        # Two rosters of one kabupaten are applied one after the other, also where one is of a single kecamatan.
        lock_roster(roster_import.region_id)
        found = find_differences(reading.checked, roster_import.region_id, roster_import.decisions)
        outcome = outcome_of(reading, found, now=now)
        mine = RosterImport.objects.filter(pk=roster_import.pk)
        if outcome["fingerprint"] != roster_import.fingerprint:
            mine.update(**outcome, state=state.PREVIEWED, applied_at=None, restated_at=now)
            return True
        written = _write(found, today)
        corrected = [(former, head) for former, head, _ in written.changed if head.is_current]
        readdress(corrected, now=now)
        for wave in locked_coming_waves([head.pk for _, head in corrected], now=now):
            turn_back_heads(wave, now=now)
        passed = hand_over(written.successors, by=roster_import.approved_by, is_by_file=True, now=now)
        mine.update(**outcome)
        if written.created or written.changed:
            changes = changes_of(written.units, written.created, written.changed)
            RosterUndo.objects.create(roster_import=roster_import, changes=changes, until=now + KEPT_FOR)
        _record(roster_import, outcome, passed, now)
    return True


@dataclass
class _Written:
    """RTs that are new; all new heads, and those of RTs that were known before; heads that were there before, each as
    it was, as it is, and which of its fields were written.
    """

    units: list[RT]
    created: list[RTHead]
    successors: list[RTHead]
    changed: list[tuple[RTHead, RTHead, list[str]]] = field(default_factory=list)


def _write(found: Differences, today: date) -> _Written:
    without_unit = [entry for entry, rt_id in found.new if rt_id is None]
    units = RT.objects.bulk_create(
        RT(village_id=entry.village, rw=entry.rw, number=entry.number) for entry in without_unit
    )
    first = [_head(entry, unit.pk) for entry, unit in zip(without_unit, units, strict=True)]
    successors = [_head(entry, rt_id) for entry, rt_id in found.new if rt_id is not None]
    written = _Written(units, [], successors)
    if found.changed or found.ended:
        # Whole rows are written below: what an operator corrects meanwhile must not be written back to what it was.
        locked = RTHead.objects.select_for_update(no_key=True)
        known = locked.in_bulk([known.id for known in (*(change.known for change in found.changed), *found.ended)])
        for change in found.changed:
            head = known[change.known.id]
            written.changed.append((copy(head), head, _change(head, change, today)))
        for one in found.ended:
            head = known[one.id]
            before = copy(head)
            end_term(head, successor_starts=None, today=today)
            written.changed.append((before, head, _ENDED))
        # One statement for all rows: several times faster than bulk_update, and alike on SQLite and PostgreSQL.
        RTHead.objects.bulk_create(known.values(), update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
        successors += [_head(one.entry, one.known.rt_id) for one in found.changed if one.is_replaced]
    written.created = RTHead.objects.bulk_create(first + successors)
    return written


def _head(entry: Entry, rt_id: int) -> RTHead:
    return RTHead(
        rt_id=rt_id,
        gelar_depan=entry.front,
        name=entry.name,
        gelar_belakang=entry.back,
        phone=entry.phone,
        email=entry.email,
        nik_encrypted=nik_store.sealed(entry.nik),
        nik_digest=nik_store.digest_of(entry.nik),
        term_starts_on=entry.starts,
        term_ends_on=entry.ends,
        status=entry.status or RTHead.Status.DEFINITIVE,
    )


def _change(head: RTHead, change: Change, today: date) -> list[str]:
    """Which fields were written."""
    if change.is_replaced:
        starts = change.ended_on + timedelta(days=1) if change.ended_on else change.entry.starts
        end_term(head, successor_starts=starts, today=today)
        return _ENDED
    for column, (_, _, value) in change.fields.items():
        setattr(head, column, value)
    if "nik_digest" in change.fields:
        head.nik_encrypted = nik_store.sealed(change.entry.nik)
        return [*change.fields, "nik_encrypted"]
    return [*change.fields]


def _record(roster_import: RosterImport, outcome: dict, passed: HandedOver, now: datetime) -> None:
    counts = {key: value for key, value in outcome.items() if key.endswith("_count")}
    words = (
        f"{thousands(counts['new_count'])} baru, {thousands(counts['changed_count'])} berubah "
        f"({thousands(counts['replaced_count'])} ganti ketua), {thousands(counts['unchanged_count'])} tetap"
    )
    if counts["ended_count"]:
        words += f", {thousands(counts['ended_count'])} diakhiri"
    skipped = f"; {thousands(counts['fault_count'])} baris bermasalah dilewati" if counts["fault_count"] else ""
    if passed.seats:
        skipped += f"; {thousands(passed.seats)} undangan beralih kepada ketua yang baru"
    record(
        at=now,
        actor=roster_import.approved_by,
        action="roster.applied",
        sentence=f"Menerapkan daftar ketua RT dari berkas {roster_import.filename}: {words}{skipped}.",
        region_code=roster_import.region_id,
        subject=f"region:{roster_import.region_id}",
        data={"import": roster_import.pk, "passed": passed.seats} | counts,
    )
