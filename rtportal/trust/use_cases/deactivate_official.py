"""Close an official's account."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.trust.device_sessions import end_sessions
from rtportal.trust.rules import admin_codes, refuse_last_admin, refuse_untouchable
from rtportal.trust.use_cases._notes import first_region, locked_official, tell


@transaction.atomic
def deactivate_official(*, official: User, actor: User, now: datetime) -> bool:
    """Does: closes the account, signs it out everywhere, writes an audit line; closed already: nothing (False).

    Refuses: one's own account; one with rights above or outside the actor's; the last admin of a region.
    Tells: nobody; who tries to sign in reads that the account is closed.
    """
    official = locked_official(official.pk)
    refuse_untouchable(actor, official)
    if not official.is_active:
        return False
    refuse_last_admin(official, admin_codes(official))
    User.objects.filter(pk=official.pk).update(is_active=False)
    end_sessions(official)
    tell(
        at=now,
        actor=actor,
        action="official.deactivated",
        sentence=f"Menonaktifkan akun {official} ({official.email}).",
        region_code=first_region(official),
        official=official,
    )
    return True
