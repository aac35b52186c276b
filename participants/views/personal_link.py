"""Opening a personal link: whose it is, or the page that says why it opens nothing."""

from http import HTTPStatus

from django.http import HttpResponse

from participants.queries.invitation import Invitation, invitation_of_link, retired_pass
from participants.views.invitation_page import retired_html, revoked_html, unknown_html
from rtportal.lib import links


def open_link(token: str) -> Invitation | HttpResponse:
    """The invitation behind a token; a finished answer for one that is unknown (404) or died (410)."""
    if not links.looks_like_token(token):
        return HttpResponse(unknown_html(), status=HTTPStatus.NOT_FOUND)
    link_hash = links.hash_token(token)
    invitation = invitation_of_link(link_hash)
    if invitation is None:
        return _dead_or_unknown(link_hash)
    if invitation.link_revoked_at:
        return HttpResponse(revoked_html(invitation), status=HTTPStatus.GONE)
    return invitation


def _dead_or_unknown(link_hash: str) -> HttpResponse:
    retired = retired_pass(link_hash=link_hash)
    if retired is None:
        return HttpResponse(unknown_html(), status=HTTPStatus.NOT_FOUND)
    return HttpResponse(retired_html(retired), status=HTTPStatus.GONE)
