"""New lines of the history get their place in the chain."""

import logging
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from rtportal.audit import known_faults, remembered_head
from rtportal.audit.chain import NOTHING, contents, seal
from rtportal.audit.models import AuditEvent, AuditSeal

_log = logging.getLogger(__name__)
_AT_ONCE = 1_000
# Any number nobody else uses: whoever holds it seals.
_SEALING = 631_011
# Numbers are given before the commit, so a line may appear behind one that is sealed already. This far behind the
# newest sealed line the sweep of each minute looks; the one of each night looks at all.
_LOOKING_BACK = 20_000


def seal_events(*, now: datetime, looks_at_all: bool = False) -> int:
    """Does: seals what has no seal yet, in the order in which it is found; returns how many it sealed.

    Each batch is a transaction of its own, so a sealer that is killed leaves a whole chain, and the next one goes on.
    At the end this machine remembers the head outside the database. A chain that no longer holds what was remembered
    is sealed on, as the lines of the portal must not stay without a seal, but the older head stays remembered.
    Refuses: nothing; seals none while another one is sealing.
    Tells: officials by the banner of every page where the remembered head is not in the chain.
    """
    newest = AuditSeal.objects.aggregate(newest=Max("event_id"))["newest"] or 0
    behind = 0 if looks_at_all else newest - _LOOKING_BACK
    sealed = 0
    while batch := _seal_batch(behind, now):
        sealed += len(batch)
        behind = batch[-1]
    _remember()
    return sealed


def _remember() -> None:
    try:
        fault = remembered_head.move_on()
    except OSError:
        # A full disk must not leave the lines without a seal.
        _log.exception("the head of the history was not remembered")
        return
    # The walk of each night says more; this says it within the minute, and once.
    if fault and not known_faults.known():
        known_faults.remember(1)
        _log.error(fault)


@transaction.atomic
def _seal_batch(behind: int, now: datetime) -> list[int]:
    """Keys of the events that it sealed, all of them above `behind`."""
    if not _is_alone():
        return []
    waiting = AuditEvent.objects.filter(pk__gt=behind, seal=None).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:_AT_ONCE])
    found = contents(keys)
    last = AuditSeal.objects.order_by("-position").first()
    position, previous = (last.position, last.chain_hash) if last else (0, NOTHING)
    seals = []
    for key in keys:
        position += 1
        previous = seal(found[key], position=position, sealed_at=now, previous=previous)
        seals.append(AuditSeal(position=position, event_id=key, sealed_at=now, chain_hash=previous))
    AuditSeal.objects.bulk_create(seals)
    return keys


def _is_alone() -> bool:
    """Holds until the transaction ends. On SQLite any transaction is the only one."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALING])
        return cursor.fetchone()[0]
