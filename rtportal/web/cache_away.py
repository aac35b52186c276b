"""What needs the cache says so when it is away, instead of failing."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

logger = logging.getLogger("rtportal.web")
RETRY_SECONDS = 60


class CacheAwayMiddleware:
    """Answers 503 with a sentence where a view cannot do without the cache.

    Signing in is such a view: who guesses passwords is counted there. Without the count nobody signs in, rather than
    everybody guessing as often as they like; whoever is signed in goes on working.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RedisError):
            return None
        logger.error("the cache does not answer: %s", exception)
        response = render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
