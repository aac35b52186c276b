"""Beranda: what has to be done today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.home import today
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    context = {
        "today": today(request.user, clock.now()),
        "may_answer_for": scope.may_anywhere(Right.ANSWER_FOR),
        "may_schedule": scope.may_anywhere(Right.SCHEDULE),
        "may_manage_roster": scope.may_anywhere(Right.MANAGE_ROSTER),
    }
    return render(request, "participants/home.html", context)
