"""An applied roster is taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from participants.models import RT, RosterImport, RosterUndo, RTHead
from participants.roster_file.undo import WRITTEN, UndoPlan, plan_undo
from participants.substitutes import turn_back_heads
from participants.succession import HandedOver, end_term, hand_over_seats, lock_roster
from participants.use_cases._readdressing import locked_coming_waves, readdress
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.numbers import thousands

# So many RTs that stay as they are the page names; the rest is a number.
NAMED = 200


@dataclass(frozen=True)
class Undone:
    """How many heads got their former values or office back, how many new ones were removed or left the office, how
    many RTs stay as they are, and which invitations went back.
    """

    restored: int
    removed: int
    retired: int
    stayed: int
    passed: HandedOver


@transaction.atomic
def undo_roster_import(*, roster_import: RosterImport, now: datetime) -> Undone | None:
    """Does: for an import this worker has claimed, gives every head the values and the office they had before the
    roster was applied, and removes the heads and RTs it made. An RT to which something has happened since (its new
    head was invited or has answered, its data were changed) stays wholly as it is; the import keeps which and why.
    Invitations that the roster passed on go back.
    Refuses: nothing. Returns None if the claim was lost meanwhile: then nothing was written.
    Tells: the history; whoever gets an invitation back, once.
    """
    state, by = RosterImport.State, roster_import.undone_by
    mine = RosterImport.objects.filter(pk=roster_import.pk)
    held = mine.filter(state=state.UNDOING, lease_until=roster_import.lease_until)
    # A second worker waits here for the row and then finds it in another state.
    if not held.update(state=state.UNDONE, undone_at=now, lease_until=None, attempts=0):
        return None
    lock_roster(roster_import.region_id)
    undos = RosterUndo.objects.filter(roster_import=roster_import.pk)
    changes = undos.get().changes
    plan = plan_undo(changes, roster_import.region_id, applied_at=roster_import.applied_at, now=now)
    passed = _write(plan, by, now, clock.local_date(now, roster_import.region.time_zone))
    undone = Undone(len(plan.restored), len(plan.removed), len(plan.retired), len(plan.stays), passed)
    told = {
        "restored": undone.restored,
        "removed": undone.removed,
        "retired": undone.retired,
        "passed": passed.seats,
        "stay_count": undone.stayed,
        "stays": [[stay.unit, stay.village, stay.reason] for stay in plan.stays[:NAMED]],
    }
    mine.update(preview=roster_import.preview | {"undone": told})
    undos.delete()
    _record(roster_import, undone, by, now)
    return undone


def _write(plan: UndoPlan, by: User, now: datetime, today) -> HandedOver:
    # The new heads leave first: an RT never has two in office.
    for head in plan.retired:
        end_term(head, successor_starts=None, today=today)
    _save(plan.retired)
    kept = [(former, head) for former, head in plan.restored if former.is_current]
    _delete(RTHead, plan.removed)
    _delete(RT, plan.units)
    _save([head for _, head in plan.restored])
    readdress(kept, now=now)
    for wave in locked_coming_waves([head.pk for _, head in kept], now=now):
        turn_back_heads(wave, now=now)
    return hand_over_seats(plan.passed, plan.holders, by=by, now=now)


def _save(heads: list[RTHead]) -> None:
    if heads:
        RTHead.objects.bulk_create(heads, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)


def _delete(model: type[RT | RTHead], keys: list[int]) -> None:
    # SQLite takes only so many values in one statement.
    for start in range(0, len(keys), 900):
        model.objects.filter(pk__in=keys[start : start + 900]).delete()


def _record(roster_import: RosterImport, undone: Undone, by: User, now: datetime) -> None:
    words = [
        f"{thousands(undone.restored)} data kembali seperti semula",
        f"{thousands(undone.removed + undone.retired)} ketua RT baru ditarik",
    ]
    if undone.passed.seats:
        words.append(f"{thousands(undone.passed.seats)} undangan kembali kepada ketua semula")
    if undone.stayed:
        words.append(f"{thousands(undone.stayed)} RT dibiarkan karena sudah dipakai atau diubah")
    record(
        at=now,
        actor=by,
        action="roster.undone",
        sentence=f"Mengurungkan impor daftar ketua RT {roster_import.filename}: {', '.join(words)}.",
        region_code=roster_import.region_id,
        subject=f"region:{roster_import.region_id}",
        data={
            "import": roster_import.pk,
            "restored": undone.restored,
            "removed": undone.removed,
            "retired": undone.retired,
            "stayed": undone.stayed,
            "passed": undone.passed.seats,
        },
    )
