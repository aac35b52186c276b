"""What an applied roster changed, and what of it can be taken back: RT by RT, each wholly or not at all.

`RosterUndo.changes` is {"units": [RTs that were made], "created": [[head, stamp]], "changed": [[head, {field: value
before}, stamp]]}. A stamp is a hash of the values as the roster left them, so that a later change by hand shows without
personal data being kept a second time.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Model

from participants import nik_store
from participants.models import RT, Enrolment, EnrolmentSuccession, RTHead
from participants.moving import locked_waves
from participants.succession import passing
from rtportal.privacy.retention import GONE
from rtportal.regions.codes import within_q

KEPT_FOR = timedelta(days=7)
# What a roster writes of a head; the rest of the row is not its business.
WRITTEN = (
    "gelar_depan",
    "name",
    "gelar_belakang",
    "phone",
    "email",
    "nik_encrypted",
    "nik_digest",
    "term_starts_on",
    "term_ends_on",
    "left_office_on",
    "status",
    "is_current",
)
# `is_current` says whether they left, and how the NIK lies in the database changes with the keys (see `_said`).
_NOT_STAMPED = {"left_office_on", "nik_digest"}
_DAYS = {"term_starts_on", "term_ends_on"}
# These are looked at one by one: an invitation that the roster itself passed on may go back.
_LOOKED_AT = {(Enrolment, "head"), (EnrolmentSuccession, "to_head")}

DESTROYED = "data ketuanya sudah dimusnahkan, jadi tidak dapat dikembalikan"
CHANGED = "datanya diubah sesudah impor ini"
REPLACED = "ketuanya berganti lagi sesudah impor ini"
INVITED = "ketua barunya sudah diundang"
ANSWERED = "undangan yang beralih kepada ketua barunya sudah dijawab, atau acaranya sudah mulai"
USED = "ketua barunya sudah tercatat di tempat lain"


@dataclass(frozen=True, slots=True)
class Stay:
    """An RT that is left as it is now, and why."""

    unit: str
    village: str
    reason: str


@dataclass(slots=True)
class UndoPlan:
    """What can be taken back now; nothing is written yet."""

    # Heads as they are and as they will be.
    restored: list[tuple[RTHead, RTHead]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    # New heads whom an invitation was passed to: the history names them, so they only leave the office.
    retired: list[RTHead] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    # Enrolments to give back, and to whom: RT → head.
    passed: list[int] = field(default_factory=list)
    holders: dict[int, RTHead] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)


def changes_of(
    units: Iterable[RT], created: Iterable[RTHead], changed: Iterable[tuple[RTHead, RTHead, Collection[str]]]
) -> dict:
    """The value of `RosterUndo.changes`: RTs and heads that were made, and heads as they were, as they are, and which
    of their fields were written.
    """
    return {
        "units": [unit.pk for unit in units],
        "created": [[head.pk, _stamp(head, WRITTEN)] for head in created],
        "changed": [
            [head.pk, {name: _plain(getattr(before, name)) for name in names}, _stamp(head, names)]
            for before, head, names in changed
        ],
    }


def plan_undo(changes: dict, region_code: str, *, applied_at: datetime, now: datetime) -> UndoPlan:
    """What of these changes can be taken back; the roster is locked, and some ten queries are made for any number."""
    locked = RTHead.objects.select_for_update(of=("self",), no_key=True).select_related("rt__village")
    heads = {head.pk: head for head in locked.filter(within_q("rt__village_id", [region_code])).order_by("pk")}
    in_office = {head.rt_id: head.pk for head in heads.values() if head.is_current}
    created = dict(changes["created"])
    use = _Use(region_code, created, applied_at, now)
    by_unit = defaultdict(list)
    for pk, before, stamp in [*([pk, None, stamp] for pk, stamp in changes["created"]), *changes["changed"]]:
        # Whoever is gone was removed by undoing the roster that made them.
        if pk in heads:
            by_unit[heads[pk].rt_id].append((heads[pk], before, stamp))
    plan = UndoPlan()
    for rt_id, rows in by_unit.items():
        reason = _why_not(rows, in_office.get(rt_id), use)
        if reason:
            unit = rows[0][0].rt
            plan.stays.append(Stay(unit.label, unit.village.full_name, reason))
        else:
            _take_back(rows, use, plan)
    plan.units = _empty_units(changes["units"], heads.values(), set(plan.removed))
    return plan


class _Use:
    """What has happened to the heads that a roster made, since it made them."""

    def __init__(self, region_code: str, created: Collection[int], applied_at: datetime, now: datetime):
        inside = within_q("head__rt__village_id", [region_code])
        ever = EnrolmentSuccession.objects.filter(within_q("to_head__rt__village_id", [region_code]))
        came = ever.filter(at=applied_at)
        # Nobody answers between here and the passing back.
        locked_waves(came.order_by().values_list("enrolment__wave", flat=True).distinct())
        self.enrolments = defaultdict(list)
        for one in Enrolment.objects.filter(inside).only("pk", "head_id", "answer").order_by("pk"):
            if one.head_id in created:
                self.enrolments[one.head_id].append(one)
        # What this roster passed on: (new head, enrolment) → whose it was.
        self.came = {(to, pk): giver for to, pk, giver in came.values_list("to_head", "enrolment", "from_head")}
        self.named = set(ever.values_list("to_head", flat=True))
        self.elsewhere = _named_in(RTHead, region_code, "rt__village_id") & set(created)
        self.can_pass = set(passing(now).filter(inside).values_list("pk", flat=True))

    def why_not(self, head: RTHead, givers: Collection[int]) -> str:
        """Why this new head cannot be taken back; `givers` are the heads who would be in office again."""
        if head.pk in self.elsewhere:
            return USED
        for one in self.enrolments[head.pk]:
            if self.came.get((head.pk, one.pk)) not in givers:
                return INVITED
            if one.answer or one.pk not in self.can_pass:
                return ANSWERED
        return ""


def _why_not(rows: Sequence[tuple], in_office: int | None, use: _Use) -> str:
    keys = {head.pk for head, _, _ in rows}
    # A stamp of the term alone does not show it, and nobody is in office as "(dihapus)".
    if any(head.name == GONE for head, _, _ in rows):
        return DESTROYED
    if in_office and in_office not in keys:
        return REPLACED
    for head, before, stamp in rows:
        if _stamp(head, WRITTEN if before is None else before) != stamp:
            return CHANGED
        # Whoever held the office when the roster was applied must hold it still.
        if (before is None or "is_current" not in before) and not head.is_current:
            return REPLACED
    givers = {head.pk for head, before, _ in rows if before is not None}
    return next((why for head, before, _ in rows if before is None if (why := use.why_not(head, givers))), "")


def _take_back(rows: Sequence[tuple], use: _Use, plan: UndoPlan) -> None:
    for head, before, _ in rows:
        if before is None:
            if head.pk in use.named:
                plan.retired.append(head)
                plan.passed += [one.pk for one in use.enrolments[head.pk]]
            else:
                plan.removed.append(head.pk)
            continue
        former = copy(head)
        for name, value in before.items():
            setattr(head, name, date.fromisoformat(value) if name in _DAYS and value else value)
        if head.is_current:
            head.left_office_on = None
        plan.restored.append((former, head))
        plan.holders[head.rt_id] = head


def _empty_units(units: Iterable[int], heads: Iterable[RTHead], removed: Collection[int]) -> list[int]:
    """Of the RTs that the roster made, those that nobody was or will be head of, and that nothing else names."""
    inhabited = {head.rt_id for head in heads if head.pk not in removed}
    return [pk for pk in units if pk not in inhabited]


def _named_in(model: type[Model], region_code: str, village: str) -> set[int]:
    """Keys of the rows in the region that any other table names, but for what is looked at one by one."""
    named: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and relation.field.concrete):
            continue
        there, name = relation.related_model, relation.field.name
        if (there, name) not in _LOOKED_AT:
            inside = within_q(f"{name}__{village}", [region_code])
            named |= set(there.objects.filter(inside).values_list(f"{name}_id", flat=True))
    return named


def _stamp(head: RTHead, names: Iterable[str]) -> str:
    said = json.dumps([[name, _said(head, name)] for name in sorted(names) if name not in _NOT_STAMPED])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _said(head: RTHead, name: str) -> object:
    # As people know it: how it lies in the database changes with the keys.
    return nik_store.opened(head.nik_encrypted) if name == "nik_encrypted" else _plain(getattr(head, name))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
