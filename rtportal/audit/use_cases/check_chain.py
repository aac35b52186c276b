"""Is the history whole?"""

import logging
from collections.abc import Sequence
from datetime import datetime

from rtportal.audit import known_faults, remembered_head
from rtportal.audit.models import AuditSeal, ChainCheck
from rtportal.audit.verification import Head, Report, walk_chain

_log = logging.getLogger(__name__)
# Earlier heads that a walk is held against: those of more than a year of nights.
_HEADS = 400


# A core walks some 15,000 lines a second, and no task of the worker lasts longer than 14 minutes.
MOST_AT_ONCE = 4_000_000


def check_chain(*, now: datetime, noted: Sequence[Head] = (), is_bounded: bool = False) -> Report:
    """Does: walks the chain and keeps what it found; the log gets the head, so that it also stands elsewhere.

    `noted` are heads that somebody kept; those of earlier walks, and the one that this machine remembers outside the
    database, are held against it anyway. With `is_bounded` a chain
    too long for the worker is walked from where the newest walk ended, if that one found it whole.
    Refuses: nothing.
    Tells: officials by the banner of every page, as long as the newest walk found a fault.
    """
    earlier = ChainCheck.objects.filter(head_position__gt=0).values_list("head_position", "head_hash")[:_HEADS]
    after = _resting_place() if is_bounded else None
    report = walk_chain(now=now, noted=[*(Head(*pair) for pair in earlier), *noted], after=after)
    # Asked by itself: a walk that goes on from an earlier end does not come past it.
    if sentence := remembered_head.fault():
        report.blame(sentence, is_first=True)
    ChainCheck.objects.create(
        checked_at=now,
        sealed_count=report.sealed_count,
        unsealed_count=report.unsealed_count,
        head_position=report.head.position,
        head_hash=report.head.chain_hash,
        fault_count=report.fault_count,
        faults=report.faults[:10],
    )
    known_faults.remember(report.fault_count)
    level = logging.INFO if report.is_whole else logging.ERROR
    _log.log(
        level,
        "history walked: head %s:%s, %s faults",
        report.head.position,
        report.head.chain_hash,
        report.fault_count,
    )
    return report


def _resting_place() -> Head | None:
    newest = ChainCheck.objects.first()
    if newest is None or newest.fault_count or newest.head_position < MOST_AT_ONCE:
        return None
    # Where that end was rewritten, only a walk from the first seal tells what happened.
    stands = AuditSeal.objects.filter(position=newest.head_position, chain_hash=newest.head_hash).exists()
    return Head(newest.head_position, newest.head_hash) if stands else None
