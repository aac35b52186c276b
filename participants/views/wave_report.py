"""The report of a wave: what the office writes about it, and its photos."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.forms.wave_report import PhotoForm, WaveReportForm
from participants.models import WavePhoto
from participants.queries.wave_pages import wave_page
from participants.queries.wave_report import photos_of, report_of
from participants.use_cases.add_wave_photo import add_wave_photo
from participants.use_cases.delete_wave_photo import delete_wave_photo
from participants.use_cases.save_wave_report import save_wave_report
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.documents import kept_files
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.web.access import fetch, require
from rtportal.web.uploads import is_upload_too_large, too_large_sentence

_WAVES = Wave.objects.select_related("program__region")


@require_http_methods(["GET", "HEAD", "POST"])
def wave_report(request: HttpRequest, pk: int) -> HttpResponse:
    wave = fetch(request, _WAVES, pk=pk)
    if request.method != "POST":
        return _page(request, wave)
    require(request, Right.SCHEDULE, wave.program.region_id)
    form = WaveReportForm(request.POST, report=report_of(wave))
    if form.is_valid():
        typed = {name: storable(form.cleaned_data[name]) for name in ("minutes", "evaluation", "conclusion")}
        version = form.cleaned_data["version"]
        try:
            save_wave_report(wave=wave, version=version, **typed, by=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Laporan disimpan.")
            return redirect("participants:wave_report", pk)
    return _page(request, wave, form=form)


@require_POST
def wave_photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    wave = fetch(request, _WAVES, pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    form = PhotoForm(request.POST, request.FILES)
    if is_upload_too_large(request):
        form.errors.pop("photo", None)
        form.add_error("photo", too_large_sentence())
    if form.is_valid():
        content, caption = form.cleaned_data["photo"].read(), storable(form.cleaned_data["caption"])
        try:
            add_wave_photo(wave=wave, content=content, caption=caption, by=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Foto disimpan.")
            return redirect("participants:wave_report", pk)
    return _page(request, wave, photo_form=form)


@require_safe
def wave_photo(request: HttpRequest, pk: UUID) -> FileResponse:
    """The picture, only for whoever sees its wave."""
    photo = _photo(request, pk)
    content = kept_files.open_kept(photo.path)
    if content is None:
        raise Http404("no picture")
    kind = "image/png" if photo.path.endswith(".png") else "image/jpeg"
    response = FileResponse(content, content_type=kind)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def wave_photo_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    photo = _photo(request, pk)
    require(request, Right.SCHEDULE, photo.wave.program.region_id)
    delete_wave_photo(photo=photo, by=request.user, now=clock.now())
    messages.success(request, "Foto dihapus.")
    return redirect("participants:wave_report", photo.wave_id)


def _photo(request: HttpRequest, pk: UUID) -> WavePhoto:
    rows = WavePhoto.objects.filter(wave__in=Wave.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("wave__program"), pk=pk)


def _page(
    request: HttpRequest, wave: Wave, *, form: WaveReportForm | None = None, photo_form: PhotoForm | None = None
) -> HttpResponse:
    context = wave_page(request.user, wave.pk, "berkas")
    report = report_of(wave)
    context |= {
        "report": report,
        "form": form or WaveReportForm(report=report),
        "photo_form": photo_form or PhotoForm(),
        "photos": photos_of(wave),
    }
    is_faulty = any(shown is not None and (shown.errors or shown.stale) for shown in (form, photo_form))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
    return render(request, "participants/wave_report.html", context, status=status)
