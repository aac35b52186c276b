"""Is the portal able to work? For the machine that watches it."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from rtportal.lib import clock
from rtportal.web.health import Trouble, troubles_by_part

OK, WARNING, FAILED = "ok", "warning", "failed"
NOT_KEPT = {"Cache-Control": "no-store"}


def database_state(database: BaseDatabaseWrapper) -> str:
    try:
        with database.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return FAILED
    return OK


def valkey_state() -> str:
    try:
        cache.get("sehat")
    except (RedisError, OSError):
        return FAILED
    return OK


def part_state(found: list[Trouble]) -> str:
    if not found:
        return OK
    word = FAILED if any(trouble.is_outage for trouble in found) else WARNING
    return f"{word}: {', '.join(trouble.name for trouble in found)}"


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Ready to work: `{"database": "ok", "valkey": "ok", "messages": "ok", …}`; 503 as soon as one of them failed.

    Of a part with troubles it names them in words for machines: `"messages": "failed: channel:email, worker"`, or
    `"backup": "warning: backup"` if the portal works all the same.
    """
    states = {"database": database_state(connection), "valkey": valkey_state()}
    if states["database"] == OK:
        states |= {part: part_state(found) for part, found in troubles_by_part(clock.now()).items()}
    is_well = not any(state.startswith(FAILED) for state in states.values())
    return JsonResponse(states, status=200 if is_well else 503, headers=NOT_KEPT)


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers; it asks nobody else, so that a database that is away does not restart the web."""
    return JsonResponse({"web": OK}, headers=NOT_KEPT)
