"""Settings: the offices, the venues and who is responsible where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.models import Office, Venue
from rtportal.accounts.models import Assignment
from rtportal.accounts.scope import Right, scope_of
from rtportal.web.paging import page_of


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    people = (
        Assignment.objects.filter(scope.rows("region_id"), user__is_active=True)
        .select_related("user", "region")
        .order_by("region_id", "role", "user__name", "pk")
    )
    offices = list(Office.objects.visible_to(request.user).select_related("region"))
    context = {
        "offices": offices,
        "venue_count": Venue.objects.visible_to(request.user).count(),
        "page": page_of(request, people),
        "may_schedule": scope.may_anywhere(Right.SCHEDULE),
        "may_edit_words": scope.may_anywhere(Right.EDIT_WORDS),
        "editable": {office.region_id for office in offices if scope.may(Right.SCHEDULE, office.region_id)},
    }
    return render(request, "programs/settings.html", context)
