"""Pages behind a personal link know no signing in: by construction, not by each page's care."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

PERSONAL_PREFIX = "/u/"


class PersonalPagesMiddleware:
    """Takes addresses below `PERSONAL_PREFIX` straight to their view, past everything that belongs to a session.

    Such a page can neither read nor set a cookie, and an official who opens somebody's link is nobody there. It is
    also what makes these pages fast when a whole kabupaten opens them on one morning.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PERSONAL_PREFIX):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            # Such as a link whose last slash was lost: the usual way knows what to do.
            return self.get_response(request)
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)
