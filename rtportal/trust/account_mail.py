"""Telling the owner of an account by e-mail that somebody changed how it is entered, most likely themselves."""

import logging
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from rtportal.accounts.models import User
from rtportal.regions.models import Region
from rtportal.trust.invitation_mail import can_mail

logger = logging.getLogger("rtportal.trust")
SUBJECT = "Keamanan akun Portal RT Anda berubah"
# Where nobody knows the owner's zone: an account without a role.
_ZONE = "Asia/Jakarta"


def mail_owner(user: User, what: str, *, at: datetime, address: str = "") -> None:
    """Sends one mail after the commit, or none where this installation has no e-mail or its server does not answer.

    `what` completes "Perubahan: …"; `address` is where the request came from, "" where it came from an admin or the
    server. Nothing is tried again: the history has it anyway, and a late warning helps nobody.
    """
    if user.email and can_mail():
        transaction.on_commit(partial(_send, user, what, at, address), robust=True)


def _send(user: User, what: str, at: datetime, address: str) -> None:
    regions = Region.objects.filter(pk__in=user.assignments.values("region_id")).order_by("code")
    zone = regions.values_list("time_zone", flat=True).first() or _ZONE
    facts = {"owner": user, "what": what, "at": at, "zone": zone, "address": address}
    text = render_to_string("trust/email/account_changed.txt", facts)
    try:
        send_mail(SUBJECT, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    except OSError:
        logger.exception("official %s was not told of a change of their account", user.pk)
