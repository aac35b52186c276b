"""Whom the rosters that can still be undone name, and how somebody's data leave what is kept of them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from participants.models import RosterUndo
from rtportal.accounts.row_guard import beyond_scope
from rtportal.regions.codes import ancestors, within_q


def heads_in_undos(region_code: str, *, now: datetime) -> set[int]:
    """Primary keys of all heads whom a roster of the region, inside or around it, made or changed and can give back."""
    rows = _undos_around(region_code).filter(until__gt=now)
    return {entry[0] for one in rows for kind in ("created", "changed") for entry in one.changes[kind]}


def forget_in_undos(heads: Collection[int], region_code: str) -> None:
    """Empty what is kept of these heads; the caller holds the roster (`succession.lock_roster`).

    The entries stay, without values and stamp: without them an RT's new head would be taken back and nobody restored.
    """
    with beyond_scope("a roster of the whole kabupaten keeps heads of each part of it; nothing of it is shown"):
        for one in _undos_around(region_code).select_for_update(of=("self",), no_key=True).order_by("pk"):
            created = [[pk, "" if pk in heads else stamp] for pk, stamp in one.changes["created"]]
            changed = [
                [pk, {}, ""] if pk in heads else [pk, before, stamp] for pk, before, stamp in one.changes["changed"]
            ]
            emptied = one.changes | {"created": created, "changed": changed}
            if emptied != one.changes:
                one.changes = emptied
                one.save(update_fields=["changes"])


def _undos_around(region_code: str) -> QuerySet[RosterUndo]:
    around = within_q("roster_import__region_id", [region_code])
    above = RosterUndo.objects.filter(roster_import__region__in=ancestors(region_code))
    return RosterUndo.objects.filter(around) | above
