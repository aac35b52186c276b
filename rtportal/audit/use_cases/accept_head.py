"""Somebody who looks after the server knows why the chain is not the one that this machine saw."""

from datetime import datetime

from django.db import transaction

from rtportal.audit import remembered_head
from rtportal.audit.record import record


def accept_head(*, now: datetime) -> str:
    """Does: this machine takes the present end of the chain for right from now on; the history says so, with what was
    wrong. Returns that sentence, or an empty one where nothing was wrong and so nothing is done.
    Refuses: nothing; OSError where the file cannot be written, then nothing is done.
    Tells: nobody.
    """
    if not (sentence := remembered_head.fault()):
        return ""
    with transaction.atomic():
        record(
            at=now,
            actor=None,
            actor_label="Pengelola peladen",
            action="chain.accepted",
            sentence=f"Ujung rantai riwayat diterima apa adanya. {sentence}",
            region_code="",
            subject="chain",
        )
        remembered_head.accept()
    return sentence
