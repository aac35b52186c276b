"""The import of rosters: upload, preview, apply."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.forms.roster import UploadForm
from participants.forms.roster_answers import PlacesForm
from participants.forms.roster_columns import ColumnsForm
from participants.models import RosterImport, RosterUndo
from participants.queries.roster_imports import columns_to_choose, import_regions, recent_imports, template_villages
from participants.roster_file.decisions import place_questions
from participants.roster_file.workbooks import fault_list, template
from participants.use_cases.approve_roster_import import approve_roster_import
from participants.use_cases.cancel_roster_import import cancel_roster_import
from participants.use_cases.copy_roster_import import copy_roster_import
from participants.use_cases.process_roster_imports import UNDECIDED
from participants.use_cases.upload_roster import upload_roster
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.step_up import fresh_proof_required
from rtportal.web.uploads import is_upload_too_large

# A page of more rows is of no use; the file of faulty rows holds them all.
FAULTS_SHOWN = 1000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.MANAGE_ROSTER)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, regions=import_regions(request.user))
    if form.is_bound and is_upload_too_large(request):
        form.refuse_size()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["upload"]
        made = upload_roster(
            region=form.cleaned_data["region"],
            upload=upload,
            filename=upload.name,
            by=request.user,
            now=clock.now(),
        )
        return redirect("participants:import_detail", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "imports": recent_imports(request.user)}
    return render(request, "participants/import_create.html", context, status=status)


@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.MANAGE_ROSTER)
    return _workbook(template(template_villages(request.user)), "contoh-daftar-ketua-rt.xlsx")


@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import, now = _fetch(request, pk), clock.now()
    if not roster_import.is_waiting:
        roster_import.refresh_from_db(fields=["faults", "preview", "questions"])
    context = {
        "import": roster_import,
        "faults": [] if roster_import.is_waiting else roster_import.faults[:FAULTS_SHOWN],
        "kept_until": roster_import.uploaded_at + UNDECIDED,
        "undo_until": RosterUndo.objects.until(pk, now=now),
        "now": now,
    }
    choice = columns_to_choose(roster_import)
    if roster_import.state == RosterImport.State.ASKED and choice["questions"]:
        context["columns_form"] = ColumnsForm(**choice)
    elif places := place_questions([] if roster_import.is_waiting else roster_import.questions):
        context["places_form"] = PlacesForm(questions=places)
    page = "_import_body" if request.htmx else "import_detail"
    response = render(request, f"participants/{page}.html", context)
    # "Kembali" must not bring a preview back as it was before.
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def import_faults(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = _fetch(request, pk)
    return _workbook(fault_list(roster_import.faults), f"baris-bermasalah-{pk}.xlsx")


@fresh_proof_required
@require_safe
def import_copy(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = _fetch(request, pk)
    try:
        packed = copy_roster_import(roster_import=roster_import, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("participants:import_detail", pk)
    return _workbook(packed, f"daftar-ketua-rt-diperbaiki-{pk}.xlsx")


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = _fetch(request, pk)
    seen = request.POST.get("pratinjau", "")[:64].replace("\0", "")
    try:
        approve_roster_import(import_id=roster_import.pk, fingerprint=seen, by=request.user)
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("participants:import_detail", pk)


@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    roster_import = _fetch(request, pk)
    try:
        cancel_roster_import(import_id=roster_import.pk, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("participants:import_detail", pk)
    messages.success(request, f"Impor {roster_import.filename} dibatalkan; daftar ketua RT tidak berubah.")
    return redirect("participants:import_create")


def _fetch(request: HttpRequest, pk: int) -> RosterImport:
    rows = RosterImport.objects.without_rows().select_related("region", "uploaded_by", "approved_by", "undone_by")
    roster_import = fetch(request, rows, pk=pk)
    require(request, Right.MANAGE_ROSTER, roster_import.region_id)
    return roster_import


def _workbook(packed: bytes, filename: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
    return HttpResponse(packed, content_type=_XLSX, headers=headers)
