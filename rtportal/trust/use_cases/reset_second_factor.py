"""Let an official who lost their telephone set up a second factor anew."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from rtportal.accounts.models import User
from rtportal.trust.account_mail import mail_owner
from rtportal.trust.device_sessions import end_sessions
from rtportal.trust.rules import refuse_untouchable
from rtportal.trust.use_cases._notes import first_region, locked_official, tell


@transaction.atomic
def reset_second_factor(*, official: User, actor: User | None, now: datetime) -> bool:
    """Does: removes app, passkeys and recovery codes, signs the account out everywhere, writes an audit line.

    Nothing is done where there is none (False). The password still holds; an admin sets up a new factor after it.
    Without `actor` it is whoever sits at the server.
    Refuses: one's own account; one with rights above or outside the actor's.
    Tells: the owner by e-mail, after the commit.
    """
    official = locked_official(official.pk)
    if actor is not None:
        refuse_untouchable(actor, official)
    if not Authenticator.objects.filter(user=official).delete()[0]:
        return False
    end_sessions(official)
    tell(
        at=now,
        actor=actor,
        action="factor.removed_by_admin",
        sentence=f"Menghapus pengaman kedua akun {official} ({official.email}), supaya dipasang baru.",
        region_code=first_region(official),
        official=official,
    )
    mail_owner(official, "pengaman kedua dihapus oleh admin", at=now)
    return True
