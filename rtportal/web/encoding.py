"""What browsers send is read as UTF-8."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Utf8Middleware:
    """Ignores the character set that a request names: every page of the portal is UTF-8, so every form is sent as such.

    Python knows sets that decode no text (`rot13`), or make of it what no database and no page can hold
    (`raw_unicode_escape`): a stranger's request would end in an error page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "charset" in request.content_params:
            request.encoding = "utf-8"
        return self._get_response(request)
