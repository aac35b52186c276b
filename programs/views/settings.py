"""Settings: the offices, and where everything else is set."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.models import Office, Venue
from rtportal.accounts.scope import Right, scope_of


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    offices = list(Office.objects.visible_to(request.user).select_related("region"))
    context = {
        "offices": offices,
        "venue_count": Venue.objects.visible_to(request.user).count(),
        "may_schedule": scope.may_anywhere(Right.SCHEDULE),
        "may_manage_privacy": scope.may_anywhere(Right.MANAGE_PRIVACY),
        "may_edit_words": scope.may_anywhere(Right.EDIT_WORDS),
        "may_manage_officials": scope.may_anywhere(Right.MANAGE_OFFICIALS),
        "may_read_history": scope.may_anywhere(Right.READ_HISTORY),
        "editable": {office.region_id for office in offices if scope.may(Right.SCHEDULE, office.region_id)},
    }
    return render(request, "programs/settings.html", context)
