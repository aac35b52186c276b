"""Open an official's account again."""

from datetime import datetime

from django.db import transaction

from rtportal.accounts.models import User
from rtportal.trust.rules import refuse_untouchable
from rtportal.trust.use_cases._notes import first_region, locked_official, tell


@transaction.atomic
def reactivate_official(*, official: User, actor: User, now: datetime) -> bool:
    """Does: opens the account with the roles it had and writes an audit line; open already: nothing (False).

    Refuses: an account with rights above or outside the actor's.
    Tells: nobody.
    """
    official = locked_official(official.pk)
    refuse_untouchable(actor, official)
    if official.is_active:
        return False
    User.objects.filter(pk=official.pk).update(is_active=True)
    tell(
        at=now,
        actor=actor,
        action="official.reactivated",
        sentence=f"Mengaktifkan kembali akun {official} ({official.email}).",
        region_code=first_region(official),
        official=official,
    )
    return True
