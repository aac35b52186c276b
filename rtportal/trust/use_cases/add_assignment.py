"""Give an official one more role."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import Assignment, User
from rtportal.regions.models import Region
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.rules import YOURSELF, refuse_unless_grantable
from rtportal.trust.use_cases._notes import tell


@transaction.atomic
def add_assignment(*, official: User, role: str, region: Region, actor: User, now: datetime) -> Assignment:
    """Does: adds the role in the region and an audit line.

    Refuses: a role with rights that the actor does not hold there; roles for oneself; one that is held already.
    Tells: nobody; it holds from the official's next page.
    """
    if official.pk == actor.pk:
        raise OfficialRefused(YOURSELF)
    refuse_unless_grantable(actor, role, region)
    assignment, is_new = Assignment.objects.get_or_create(user=official, role=role, region=region)
    if not is_new:
        raise OfficialRefused("Petugas ini sudah memegang peran itu di wilayah itu.", field="role")
    tell(
        at=now,
        actor=actor,
        action="assignment.added",
        sentence=f"Memberi {official} peran {assignment.get_role_display()} di {region.full_name}.",
        region_code=region.code,
        official=official,
    )
    return assignment
