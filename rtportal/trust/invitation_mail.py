"""Telling an invited official by e-mail."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from rtportal.trust.invitation_links import invitation_url
from rtportal.trust.models import OfficialInvitation

logger = logging.getLogger("rtportal.trust")


def can_mail() -> bool:
    """Whether this installation sends e-mail at all."""
    return settings.EMAIL_BACKEND != "django.core.mail.backends.filebased.EmailBackend"


def mail_invitation(invitation: OfficialInvitation) -> bool:
    """Sends the link; call it after the commit. False where there is no e-mail or its server does not answer."""
    if not can_mail():
        return False
    text = render_to_string(
        "trust/email/invitation.txt", {"invitation": invitation, "url": invitation_url(invitation.link_id)}
    )
    try:
        send_mail("Undangan menjadi petugas Portal RT", text, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except OSError:
        logger.exception("the invitation of official %s was not mailed", invitation.pk)
        return False
    return True
