"""Take a role from an official."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import Assignment, User
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.rules import YOURSELF, refuse_last_admin, refuse_unless_grantable
from rtportal.trust.use_cases._notes import locked_official, tell


@transaction.atomic
def end_assignment(*, assignment: Assignment, actor: User, now: datetime) -> None:
    """Does: ends the role and writes an audit line; the account stays.

    Refuses: a role with rights that the actor does not hold there; one's own; to take the last admin from a region.
    Tells: nobody; it holds from the official's next page.
    """
    official = locked_official(assignment.user_id)
    if official.pk == actor.pk:
        raise OfficialRefused(YOURSELF)
    refuse_unless_grantable(actor, assignment.role, assignment.region)
    if assignment.role == Assignment.Role.ADMIN:
        refuse_last_admin(official, [assignment.region_id])
    Assignment.objects.filter(pk=assignment.pk).delete()
    tell(
        at=now,
        actor=actor,
        action="assignment.ended",
        sentence=f"Mengakhiri peran {official}: {assignment.get_role_display()} di {assignment.region.full_name}.",
        region_code=assignment.region_id,
        official=official,
    )
