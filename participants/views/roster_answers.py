"""An official says which place a roster means, and what becomes of the RTs it does not name."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from participants.forms.roster_answers import MissingForm, PlacesForm
from participants.models import RosterImport
from participants.roster_file.decisions import place_questions
from participants.use_cases.answer_roster_questions import answer_roster_questions
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require


@require_http_methods(["GET", "HEAD", "POST"])
def import_places(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = _fetch(request, pk)
    questions = place_questions(roster_import.questions)
    if not questions:
        messages.error(request, f"Impor ini {roster_import.get_state_display()}: tidak ada tempat yang ditanyakan.")
        return redirect("participants:import_detail", pk)
    form = PlacesForm(*([request.POST] if request.method == "POST" else []), questions=questions)
    if form.is_bound and form.is_valid() and _answered(request, pk, form.answers):
        return redirect("participants:import_detail", pk)
    context = {"import": roster_import, "places_form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "participants/import_places.html", context, status=status)


@require_POST
def import_missing(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = _fetch(request, pk)
    if not roster_import.preview.get("missing"):
        state = roster_import.get_state_display()
        messages.error(request, f"Impor ini {state}, jadi pilihan ini tidak dapat dipakai.")
        return redirect("participants:import_detail", pk)
    form = MissingForm(request.POST, preview=roster_import.preview)
    if not form.is_valid():
        messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
    else:
        _answered(request, pk, form.answers)
    return redirect("participants:import_detail", pk)


def _answered(request: HttpRequest, pk: int, answers: dict) -> bool:
    try:
        answer_roster_questions(import_id=pk, answers=answers, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
        return False
    return True


def _fetch(request: HttpRequest, pk: int) -> RosterImport:
    roster_import = fetch(request, RosterImport.objects.defer("faults").select_related("region"), pk=pk)
    require(request, Right.MANAGE_ROSTER, roster_import.region_id)
    return roster_import
