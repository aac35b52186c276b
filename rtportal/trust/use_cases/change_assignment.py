"""Change what an official does, or where."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import Assignment, User
from rtportal.regions.models import Region
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.rules import YOURSELF, refuse_last_admin, refuse_unless_grantable
from rtportal.trust.use_cases._notes import locked_official, tell


@transaction.atomic
def change_assignment(*, assignment: Assignment, role: str, region: Region, actor: User, now: datetime) -> None:
    """Does: puts the new role and region in the place of the old ones and writes an audit line.

    Refuses: an old or a new role with rights that the actor does not hold there; one's own; one that is held already;
    to take the last admin from a region.
    Tells: nobody; it holds from the official's next page.
    """
    official = locked_official(assignment.user_id)
    if official.pk == actor.pk:
        raise OfficialRefused(YOURSELF)
    refuse_unless_grantable(actor, assignment.role, assignment.region)
    refuse_unless_grantable(actor, role, region)
    if (role, region.code) == (assignment.role, assignment.region_id):
        return
    if assignment.role == Assignment.Role.ADMIN:
        refuse_last_admin(official, [assignment.region_id])
    if Assignment.objects.filter(user=official, role=role, region=region).exists():
        raise OfficialRefused("Petugas ini sudah memegang peran itu di wilayah itu.", field="role")
    before = f"{assignment.get_role_display()} di {assignment.region.full_name}"
    after = f"{Assignment.Role(role).label} di {region.full_name}"
    Assignment.objects.filter(pk=assignment.pk).update(role=role, region=region)
    tell(
        at=now,
        actor=actor,
        action="assignment.changed",
        sentence=f"Mengubah peran {official}: dari {before} menjadi {after}.",
        region_code=region.code,
        official=official,
    )
