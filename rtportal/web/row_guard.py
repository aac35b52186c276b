"""While a request of the session's user is served, its connection to the database acts for that user."""

from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest, HttpResponse

from rtportal.accounts.models import User
from rtportal.accounts.row_guard import acting_as


class RowGuardMiddleware:
    """Stands right after AuthenticationMiddleware. Pages behind personal links never come by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        with acting_as(user):
            response = self._get_response(request)
        # A stream goes on after the request; what a file holds asks the database nothing.
        if response.streaming and not isinstance(response, FileResponse):
            response.streaming_content = _guarded(response.streaming_content, user)
        return response


def _guarded(parts: Iterable[bytes], user: User | AnonymousUser) -> Iterator[bytes]:
    """Between two parts the thread may serve others."""
    parts = iter(parts)
    while True:
        with acting_as(user):
            part = next(parts, None)
        if part is None:
            return
        yield part
