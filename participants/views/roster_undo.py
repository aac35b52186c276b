"""An applied roster is taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from participants.models import RosterImport
from participants.use_cases.request_roster_undo import request_roster_undo
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = fetch(request, RosterImport.objects.without_rows(), pk=pk)
    require(request, Right.MANAGE_ROSTER, roster_import.region_id)
    try:
        request_roster_undo(import_id=pk, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("participants:import_detail", pk)
