"""Writing audit events."""

from datetime import datetime

from rtportal.accounts.models import User
from rtportal.accounts.row_guard import beyond_scope
from rtportal.accounts.scope import scope_of
from rtportal.audit.models import AuditEvent
from rtportal.lib.personal_numbers import masked_in, masked_numbers

SYSTEM = "Sistem"


def record(
    *,
    at: datetime,
    actor: User | None,
    action: str,
    sentence: str,
    region_code: str,
    subject: str,
    actor_label: str = "",
    data: dict | None = None,
) -> AuditEvent:
    """Add one line, inside the transaction of what it tells about.

    `action` is a stable word for machines (`wave.scheduled`), `sentence` the Indonesian line people read, `subject`
    such as `wave:12`. Without an actor, `actor_label` says who it was (default: the system). Lines cannot be changed
    later, so NIKs and telephones are masked in them, whoever writes.
    """
    with beyond_scope("the history takes every line, whoever may read it"):
        return AuditEvent.objects.create(
            at=at,
            actor=actor,
            actor_label=actor_label or (str(actor) if actor else SYSTEM),
            action=action,
            sentence=masked_numbers(sentence)[:500],
            region_code=region_code,
            subject=subject,
            data=masked_in(data or {}),
        )


def record_refusal(*, at: datetime, actor: User, place: str, is_forbidden: bool) -> AuditEvent:
    """One line about something that the portal did not let an official do.

    `place` is method and address without anything secret (`POST /gelombang/12/ubah/`). `is_forbidden` tells a right
    that is lacking from what is out of scope or not there at all. The line belongs to the first region of the official.
    """
    why = "tidak berwenang" if is_forbidden else "di luar wilayahnya atau tidak ada"
    return record(
        at=at,
        actor=actor,
        action="refusal.no_right" if is_forbidden else "refusal.out_of_scope",
        sentence=f"Ditolak, {why}: {place}",
        region_code=next(iter(scope_of(actor).areas), ""),
        subject=f"user:{actor.pk}",
    )
