"""Become an official by an invitation."""

from datetime import datetime

from django.db import IntegrityError, transaction

from rtportal.accounts.models import Assignment, User
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.rules import may_grant
from rtportal.trust.use_cases._notes import tell

GONE = "Undangan ini sudah dipakai, ditarik, atau lewat masa berlakunya. Minta admin mengirim undangan baru."
HAS_ACCOUNT = "Alamat e-mail ini sudah mempunyai akun. Masuk dahulu dengan akun itu, lalu buka tautan ini lagi."
OTHER_ACCOUNT = "Undangan ini untuk alamat e-mail lain. Keluar dahulu, lalu buka tautan ini lagi."


@transaction.atomic
def accept_invitation(
    *, invitation: OfficialInvitation, account: User | None, password: str = "", now: datetime
) -> User:
    """Does: makes the account with this password, or takes the `account` that is signed in, and gives it the role.

    The link is used up; an audit line.
    Refuses: a link that does not open any more; an account of another address; a new account where there is one; a role
    that whoever invited may not give (any more).
    Tells: nobody.
    """
    if (
        not OfficialInvitation.objects.open(now)
        .filter(pk=invitation.pk, link_hash=invitation.link_hash)
        .update(accepted_at=now)
    ):
        raise OfficialRefused(GONE)
    # Read anew: the inviter's rights are those of this moment.
    inviter = User.objects.get(pk=invitation.invited_by_id)
    if not may_grant(inviter, invitation.role, invitation.region_id):
        raise OfficialRefused(GONE)
    if account is not None and account.email.lower() != invitation.email:
        raise OfficialRefused(OTHER_ACCOUNT)
    user = account or _new_account(invitation, password)
    Assignment.objects.get_or_create(user=user, role=invitation.role, region_id=invitation.region_id)
    tell(
        at=now,
        actor=user,
        action="official.joined",
        sentence=f"{user} menerima undangan sebagai {invitation.get_role_display()} di {invitation.region.full_name}.",
        region_code=invitation.region_id,
        official=user,
    )
    return user


def _new_account(invitation: OfficialInvitation, password: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(invitation.email, password, name=invitation.name)
    except IntegrityError as error:
        raise OfficialRefused(HAS_ACCOUNT) from error
