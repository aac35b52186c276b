"""An official says or corrects which column of a roster is which."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from participants.forms.roster_columns import ColumnsForm
from participants.models import RosterImport
from participants.queries.roster_imports import columns_to_choose
from participants.use_cases.answer_roster_questions import answer_roster_questions
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = fetch(request, RosterImport.objects.defer("faults").select_related("region"), pk=pk)
    require(request, Right.MANAGE_ROSTER, roster_import.region_id)
    choice = columns_to_choose(roster_import)
    if not choice["questions"]:
        messages.error(request, f"Impor ini {roster_import.get_state_display()}, jadi kolomnya tidak dapat diubah.")
        return redirect("participants:import_detail", pk)
    form = ColumnsForm(*([request.POST] if request.method == "POST" else []), **choice)
    if form.is_bound and form.is_valid():
        try:
            answer_roster_questions(import_id=pk, answers=form.answers, by=request.user, now=clock.now())
        except InputError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("participants:import_detail", pk)
    context = {"import": roster_import, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "participants/import_columns.html", context, status=status)
