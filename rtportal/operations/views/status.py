"""The page that tells officials how the portal is doing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.operations.status import is_well, status_lines


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """For anybody who signed in: nothing in it is about a region. Details that name machines are for admins."""
    lines = status_lines(clock.now())
    context = {
        "lines": lines,
        "is_well": is_well(lines),
        "sees_details": scope_of(request.user).may_anywhere(Right.MANAGE_OFFICIALS),
    }
    return render(request, "operations/status.html", context)
