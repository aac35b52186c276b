"""Writing audit events."""

from datetime import datetime

from rtportal.accounts.models import User
from rtportal.audit.models import AuditEvent

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
    such as `wave:12`. Without an actor, `actor_label` says who it was (default: the system).
    """
    return AuditEvent.objects.create(
        at=at,
        actor=actor,
        actor_label=actor_label or (str(actor) if actor else SYSTEM),
        action=action,
        sentence=sentence[:500],
        region_code=region_code,
        subject=subject,
        data=data or {},
    )
