"""What the use cases about officials share: reading the official anew under a lock, and their line of the audit."""

from datetime import datetime

from rtportal.accounts.models import User
from rtportal.audit.record import record


def locked_official(pk: int) -> User:
    """The account as it is now, nobody else changing it until the transaction ends; without a remembered scope."""
    return User.objects.select_for_update(no_key=True).get(pk=pk)


def first_region(official: User) -> str:
    """Where a line about the account itself is read: the code of its first region, "" without any."""
    return official.assignments.order_by("region_id").values_list("region_id", flat=True).first() or ""


def tell(
    *, at: datetime, actor: User | None, action: str, sentence: str, region_code: str, official: User | None
) -> None:
    """One line of the audit; about the account where there is one."""
    record(
        at=at,
        actor=actor,
        action=action,
        sentence=sentence,
        region_code=region_code,
        subject=f"user:{official.pk}" if official else f"region:{region_code}",
    )
