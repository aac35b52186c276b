"""Pages behind a secret link know no signing in: by construction, not by each page's care."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from rtportal.web.limits import is_over_limit, too_often

# RT heads, those of them who type a short code, speakers, calendars of offices, desks at the door, the privacy notice,
# whoever checks a certificate;
# `rtportal/lib/redaction.py` keeps secret addresses out of logs.
PERSONAL_PREFIXES = ("/u/", "/k/", "/n/", "/ics/", "/pintu/", "/privasi/", "/cek/")
HEADERS = {
    # The address is the credential: it must not travel to other sites, nor stay in a cache or a search engine.
    "Referrer-Policy": "no-referrer",
    # Unless the view says better: a calendar may stay with whoever fetched it.
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "X-Frame-Options": "DENY",
    # Stricter than other pages: no script at all.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}


class PersonalPagesMiddleware:
    """Takes addresses below `PERSONAL_PREFIXES` straight to their view, past everything that belongs to a session.

    Such a page can neither read nor set a cookie, and an official who opens somebody's link is nobody there. It is
    also what makes these pages fast when a whole kabupaten opens them on one morning.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response
        # So that a page that fails has its headers too.
        self._show = convert_exception_to_response(_show)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PERSONAL_PREFIXES):
            return self._get_response(request)
        try:
            request.resolver_match = resolve(request.path_info)
        except Resolver404:
            # Such as a link whose last slash was lost: the usual way knows what to do.
            return self._get_response(request)
        response = self._show(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # A file says its length itself.
        if response.status_code != HTTPStatus.NOT_MODIFIED and not response.streaming:
            response["Content-Length"] = str(len(response.content))
        return response


def _show(request: HttpRequest) -> HttpResponse:
    match = request.resolver_match
    if is_over_limit(request, match.view_name):
        return too_often(request)
    return match.func(request, *match.args, **match.kwargs)
