"""A new key for NIKs was put in front: what lies under an older one is rewritten."""

import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from participants import nik_store
from participants.models import RosterUndo, RTHead
from rtportal.lib.rotation import Progress

logger = logging.getLogger("rtportal.participants")

_ROWS = 500
_COLUMNS = ("nik_encrypted", "nik_digest")


def rotate_niks(progress: Progress) -> int:
    """Does: encrypts every NIK that does not lie under the first key anew, with its digest; also those with which an
    applied roster may be taken back. Some hundred rows in a transaction; begun again, it goes on where it was.
    Refuses: nothing; a NIK that none of the keys opens is lost already and stays as it is.
    Tells: the log, of each such one. Returns how many were rewritten.
    """
    count = 0
    for keys in _in_parts(RTHead.objects.exclude(nik_encrypted="")):
        count += _rotate_heads(keys)
        progress(count)
    for pk in RosterUndo.objects.order_by("pk").values_list("pk", flat=True):
        count += _rotate_undo(pk)
        progress(count)
    return count


@transaction.atomic
def _rotate_heads(keys: list[int]) -> int:
    rows = RTHead.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    changed = [head for head in rows.only("pk", *_COLUMNS) if _is_stale(head.nik_encrypted, head.nik_digest)]
    for head in changed:
        head.nik_encrypted, head.nik_digest = _renewed(head.nik_encrypted)
    RTHead.objects.bulk_update(changed, _COLUMNS)
    return len(changed)


@transaction.atomic
def _rotate_undo(pk: int) -> int:
    undo = RosterUndo.objects.select_for_update(no_key=True).filter(pk=pk).first()
    count = 0
    for _, before, _ in undo.changes["changed"] if undo else ():
        if (stored := before.get("nik_encrypted")) and _is_stale(stored, before.get("nik_digest", "")):
            before["nik_encrypted"], before["nik_digest"] = _renewed(stored)
            count += 1
    if count:
        undo.save(update_fields=["changes"])
    return count


def _is_stale(stored: str, digest: str) -> bool:
    number = nik_store.opened(stored)
    if number == nik_store.UNKNOWN:
        logger.warning("a NIK cannot be opened with any of NIK_KEYS and stays as it is")
        return False
    return not nik_store.is_under_first_key(stored) or digest != nik_store.digest_of(number)


def _renewed(stored: str) -> tuple[str, str]:
    number = nik_store.opened(stored)
    return nik_store.sealed(number), nik_store.digest_of(number)


def _in_parts(rows: QuerySet) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_ROWS]):
        yield keys
        last = keys[-1]
