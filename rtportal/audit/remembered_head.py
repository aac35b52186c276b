"""The head of the chain that this machine saw last, in a file, out of reach of whoever has the database alone.

The portal's own sealer would seal a history that somebody rewrote: it cannot tell. This file can. Each machine has its
own; the others seal meanwhile, so what it holds may be behind, but it must stand in the chain.
"""

import json
import re
from pathlib import Path

from django.conf import settings
from django.db import connection

from rtportal.audit.models import AuditSeal
from rtportal.audit.verification import Head
from rtportal.lib.numbers import thousands
from rtportal.lib.whole_files import write_whole

_NAME = "audit-head.json"
_HASH = re.compile(r"[0-9a-f]{64}")


class UnreadableHeadError(Exception):
    """The file is there and does not say which head it was."""


def recall() -> Head | None:
    """None where nothing was remembered: at the first start, and after a backup was restored.

    Raises UnreadableHeadError.
    """
    try:
        told = json.loads(_path().read_text())
        head = Head(int(told["position"]), str(told["chain_hash"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UnreadableHeadError from error
    if head.position < 1 or not _HASH.fullmatch(head.chain_hash):
        raise UnreadableHeadError
    return head


def fault() -> str:
    """What is wrong between what was remembered and the chain, as a sentence; empty where nothing is."""
    try:
        head = recall()
    except UnreadableHeadError:
        return f"Ujung rantai yang pernah dilihat mesin ini tidak terbaca lagi: berkas {_NAME} diubah atau rusak."
    if head is None or AuditSeal.objects.filter(position=head.position, chain_hash=head.chain_hash).exists():
        return ""
    where, end = f"Segel ke-{thousands(head.position)}", _newest()
    if end is None or end.position < head.position:
        return (
            f"{where} pernah dilihat mesin ini, tetapi rantai berakhir pada {thousands(end.position if end else 0)}: "
            "riwayat dipotong, atau basis data dikembalikan ke keadaan lama."
        )
    return (
        f"{where} bukan lagi yang pernah dilihat mesin ini: riwayat ditulis ulang dan disegel lagi, atau basis data "
        "ditukar."
    )


def move_on() -> str:
    """Remember where the chain ends now, unless it does not hold what was remembered: then returns that fault.

    Raises OSError where the file cannot be written.
    """
    # In this order nobody can rewrite the chain between the two: what is remembered next was read before it was asked.
    end = _newest()
    if sentence := fault():
        return sentence
    if end and end != recall():
        _write_through()
        keep(end)
    return ""


def accept() -> None:
    """Take the chain's present end for right, whatever was remembered. Raises OSError."""
    end = _newest()
    if end is None:
        forget()
    else:
        keep(end)


def keep(head: Head) -> None:
    """Raises OSError; then what was remembered stays."""
    write_whole(_path(), json.dumps(head.__dict__))


def forget() -> None:
    """As before the first start. Raises OSError."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return settings.VAR_DIR / _NAME


def _newest() -> Head | None:
    pair = AuditSeal.objects.order_by("-position").values_list("position", "chain_hash").first()
    return Head(*pair) if pair else None


def _write_through() -> None:
    """On SQLite what was committed last may go when the power does, and what is remembered must not outlive it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
