"""The page for what should not have happened, told apart where people can do something about it."""

import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from rtportal.lib.full_disk import is_full
from rtportal.lib.lost_database import is_lost

# As long as a database takes to start again.
RETRY_AFTER_SECONDS = "10"


def server_error(request: HttpRequest) -> HttpResponse:
    """507 without room on the disk, 503 while the database is away, else 500. The page asks nobody for anything."""
    error = sys.exc_info()[1]
    if is_full(error):
        return HttpResponse(get_template("507.html").render(), status=HTTPStatus.INSUFFICIENT_STORAGE)
    if is_lost(error):
        headers = {"Retry-After": RETRY_AFTER_SECONDS}
        return HttpResponse(get_template("database_away.html").render(), status=503, headers=headers)
    return HttpResponse(get_template("500.html").render(), status=HTTPStatus.INTERNAL_SERVER_ERROR)
