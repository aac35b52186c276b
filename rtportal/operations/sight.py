"""The outermost middleware: an id for every request, one line of the log for it, and its place in the figures."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rtportal.lib.log_context import LogContext, request_id_from, working_for

logger = logging.getLogger("rtportal.access")
HEADER = "X-Request-ID"


class SightMiddleware:
    """Takes the proxy's `X-Request-ID` if it is well-formed, makes one otherwise, and gives it back.

    The line has no query string and no part of the path that a visitor's secret stands in: the name of the URL says
    which page it was. Without JSON logs gunicorn writes its own line instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response
        self._writes_line = settings.LOG_FORMAT == "json"
        self._observe = None
        if settings.PROMETHEUS_MULTIPROC_DIR:
            # Only where figures are wanted: importing it takes a while, and it opens a file for each process.
            from rtportal.operations.web_figures import observe

            self._observe = observe

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        context = LogContext(request_id_from(request.META.get("HTTP_X_REQUEST_ID", "")), request)
        with working_for(context):
            response = self._get_response(request)
            response.headers[HEADER] = context.request_id
            seconds = time.perf_counter() - begun
            if self._observe:
                match = request.resolver_match
                self._observe(match.view_name if match else "", request.method, response.status_code, seconds)
            if self._writes_line:
                facts = {"method": request.method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
                logger.info("%s %s", request.method, response.status_code, extra=facts)
        return response
