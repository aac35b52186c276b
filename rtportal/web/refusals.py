"""What officials were refused stands in the history; what only the database refused is answered like the rest."""

import hashlib
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.core.handlers.exception import response_for_exception
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch

from rtportal.accounts.row_guard import is_refused_by_row_guard
from rtportal.audit.record import record_refusal
from rtportal.lib import clock
from rtportal.web.throttle import is_too_often

_log = logging.getLogger(__name__)
_REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
# The same again within a minute tells nothing new, and whoever tries all numbers fills no table.
_SECONDS, _MOST_OF_ONE_USER = 60, 30
# No row's number is so long; a NIK or a telephone number is.
_LARGEST_KEY = 10**9


class RefusalsMiddleware:
    """Writes a line when a signed-in official gets 403, or 404 at an address that exists.

    A write that got past the portal's own scope and was refused by PostgreSQL's is beyond scope like any other: 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # An address that is none has no match: a typing error is no refusal.
        if response.status_code in _REFUSED and request.resolver_match and request.user.is_authenticated:
            _note(request, is_forbidden=response.status_code == HTTPStatus.FORBIDDEN)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Whatever was written before it in the same transaction is rolled back by now."""
        if not is_refused_by_row_guard(exception):
            return None
        # For whoever keeps the portal: some page asks its own scope too little.
        _log.error("only row-level security refused %s", spoken_address(request.resolver_match), exc_info=exception)
        return response_for_exception(request, Http404())


def _note(request: HttpRequest, *, is_forbidden: bool) -> None:
    place = f"{request.method} {spoken_address(request.resolver_match)}"
    name = hashlib.sha256(place.encode()).hexdigest()
    if is_too_often(f"refusal:{request.user.pk}:{name}", most=1, seconds=_SECONDS):
        return
    if is_too_often(f"refusals:{request.user.pk}", most=_MOST_OF_ONE_USER, seconds=_SECONDS):
        return
    try:
        with transaction.atomic():
            record_refusal(at=clock.now(), actor=request.user, place=place, is_forbidden=is_forbidden)
    except DatabaseError:
        # The official has the answer; it must not become an error page.
        _log.exception("a refusal was not written down")


def spoken_address(match: ResolverMatch) -> str:
    """The address as it may be written down: numbers of rows stay, texts and long numbers may be secret and go."""
    if match.route.startswith("^") or "(?P" in match.route:
        return match.view_name
    return "/" + _PART.sub(lambda part: _spoken(match.kwargs.get(part[1])), match.route)


def _spoken(value: object) -> str:
    is_key = isinstance(value, UUID) or (isinstance(value, int) and value < _LARGEST_KEY)
    return str(value) if is_key else "…"
