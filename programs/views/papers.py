"""What papers say: the head of an office's letters, who signs, how a programme numbers, its committee."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import logo_store
from programs.errors import Refusal
from programs.forms.base import VersionForm
from programs.forms.papers import LetterheadForm, PaperSettingsForm, SignatoryForm, member_forms, members_of
from programs.models import Office, Program, Signatory
from programs.queries.papers import paper_settings as settings_of
from programs.use_cases.delete_signatory import delete_signatory
from programs.use_cases.save_letterhead import save_letterhead
from programs.use_cases.save_paper_settings import save_paper_settings
from programs.use_cases.save_signatory import save_signatory
from programs.use_cases.set_committee import set_committee
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.web.access import fetch, require
from rtportal.web.uploads import is_upload_too_large, too_large_sentence

_OFFICES = Office.objects.select_related("region")
_PROGRAMS = Program.objects.select_related("region", "office")
_SIGNATORIES = Signatory.objects.select_related("office__region")


@require_http_methods(["GET", "HEAD", "POST"])
def office_letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the office's papers, and who signs them."""
    office = fetch(request, _OFFICES, pk=pk)
    require(request, Right.SCHEDULE, office.region_id)
    form = LetterheadForm(*((request.POST, request.FILES) if request.method == "POST" else ()), office=office)
    if form.is_bound and _letterhead_saved(request, form, office):
        return redirect("programs:office_letterhead", office.pk)
    context = {"office": office, "form": form, "zone": office.region.time_zone}
    return render(request, "programs/office_letterhead.html", context | {"signatories": office.signatories.all()})


@require_safe
def office_logo(request: HttpRequest, pk: int) -> FileResponse:
    """The arms as they are printed."""
    office = fetch(request, _OFFICES, pk=pk)
    content = logo_store.open_stored(office.logo_path)
    if content is None:
        raise Http404("no arms")
    kind = "image/png" if office.logo_path.endswith(".png") else "image/jpeg"
    response = FileResponse(content, content_type=kind)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_create(request: HttpRequest, pk: int) -> HttpResponse:
    office = fetch(request, _OFFICES, pk=pk)
    require(request, Right.SCHEDULE, office.region_id)
    return _edit_signatory(request, office, None)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_update(request: HttpRequest, pk: int) -> HttpResponse:
    signatory = fetch(request, _SIGNATORIES, pk=pk)
    require(request, Right.SCHEDULE, signatory.office.region_id)
    return _edit_signatory(request, signatory.office, signatory)


@require_POST
def signatory_delete(request: HttpRequest, pk: int) -> HttpResponse:
    signatory = fetch(request, _SIGNATORIES, pk=pk)
    require(request, Right.SCHEDULE, signatory.office.region_id)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        delete_signatory(signatory=signatory, version=version, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("programs:signatory_update", signatory.pk)
    messages.success(request, f"{signatory.full_name} dihapus dari daftar penanda tangan.")
    return redirect("programs:office_letterhead", signatory.office_id)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_settings(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, _PROGRAMS, pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    data = request.POST if request.method == "POST" else None
    form = PaperSettingsForm(data, program=program, settings=settings_of(program.pk))
    if form.is_bound and form.is_valid():
        try:
            save_paper_settings(program=program, **form.cleaned_data, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Pengaturan surat disimpan.")
            return redirect("programs:paper_settings", program.pk)
    return render(request, "programs/paper_settings.html", {"program": program, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, _PROGRAMS, pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    data = request.POST if request.method == "POST" else None
    form = VersionForm(data, initial={"version": program.version})
    people = member_forms(data, program)
    # Both are asked, so that every mistake is shown at once.
    if data is not None and all([form.is_valid(), people.is_valid()]):
        version, members = form.cleaned_data["version"], members_of(people)
        try:
            set_committee(program=program, version=version, members=members, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Panitia disimpan.")
            return redirect("programs:committee", program.pk)
    return render(request, "programs/committee.html", {"program": program, "form": form, "people": people})


def _letterhead_saved(request: HttpRequest, form: LetterheadForm, office: Office) -> bool:
    if is_upload_too_large(request):
        form.add_error("logo", too_large_sentence())
    if not form.is_valid():
        return False
    try:
        save_letterhead(office=office, **form.wishes(), actor=request.user, now=clock.now())
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, "Kop surat disimpan.")
    return True


def _edit_signatory(request: HttpRequest, office: Office, signatory: Signatory | None) -> HttpResponse:
    form = SignatoryForm(request.POST if request.method == "POST" else None, signatory=signatory)
    if form.is_bound and form.is_valid():
        wishes = form.cleaned_data
        try:
            saved = save_signatory(signatory=signatory, office=office, **wishes, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.full_name} disimpan.")
            return redirect("programs:office_letterhead", office.pk)
    name = "signatory_update" if signatory else "signatory_create"
    context = {"form": form, "office": office, "signatory": signatory, "zone": office.region.time_zone}
    return render(request, f"programs/{name}.html", context)
