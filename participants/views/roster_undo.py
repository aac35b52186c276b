"""An applied roster is taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from participants.models import RosterImport
from participants.use_cases.undo_roster_import import undo_roster_import
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = fetch(request, RosterImport.objects.without_rows(), pk=pk)
    require(request, Right.MANAGE_ROSTER, roster_import.region_id)
    try:
        undo_roster_import(import_id=pk, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("participants:import_detail", pk)
