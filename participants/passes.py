"""Passes (personal link and short code together) that die: whoever still has one is told whom to ask."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from participants.links import hash_of
from participants.models import Enrolment, RetiredPass
from participants.short_codes import give_codes

Cause = RetiredPass.Cause


def renew_passes(enrolments: Iterable[Enrolment], *, cause: str, now: datetime) -> None:
    """Give each (locked) enrolment another link and code; the former ones open nothing and are remembered as dead.

    `cause` is one of RetiredPass.Cause; a pass that had been revoked stays known as that. Belongs into a transaction;
    a handful of statements, however many enrolments.
    """
    rows = list(enrolments)
    RetiredPass.objects.bulk_create(
        [
            RetiredPass(
                enrolment=row,
                link_hash=row.link_hash,
                short_code=row.short_code,
                cause=Cause.REVOKED if row.link_revoked_at and cause == Cause.REISSUED else cause,
                at=now,
            )
            for row in rows
        ],
        batch_size=500,
    )
    for row in rows:
        row.link_id = uuid.uuid4()
        row.link_hash = hash_of(row.link_id)
        row.link_revoked_at = None
        # Whoever guessed the last digits of the telephone had the former link.
        row.wrong_digits, row.digits_again_at = 0, None
    written = ["link_id", "link_hash", "link_revoked_at", "wrong_digits", "digits_again_at"]
    Enrolment.objects.bulk_update(rows, written, batch_size=500)
    give_codes(rows)
