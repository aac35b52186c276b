"""Materials of a session, for officials: list, upload, download, delete."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.record import record
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require
from rtportal.web.uploads import is_upload_too_large, too_large_sentence
from sessions import material_store
from sessions.forms.materials import DeleteForm, MaterialForm
from sessions.models import TrainingSession
from sessions.queries.speaker_pages import materials_of_sessions, materials_seen_by
from sessions.use_cases.delete_material import delete_material
from sessions.use_cases.release_material import release_material
from sessions.use_cases.upload_material import upload_material


@require_http_methods(["GET", "HEAD", "POST"])
def material_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a session; who schedules there adds one."""
    rows = TrainingSession.objects.select_related("wave__program__region", "wave__venue")
    session = fetch(request, rows, pk=pk)
    region = session.wave.program.region_id
    sent = ()
    if request.method == "POST":
        require(request, Right.SCHEDULE, region)
        sent = (request.POST, request.FILES)
    form = MaterialForm(*sent, largest=settings.LARGEST_UPLOAD)
    if form.is_bound and _upload(request, form, session):
        return redirect("training_sessions:material_list", session.pk)
    context = {
        "session": session,
        "wave": session.wave,
        "materials": materials_of_sessions([session.pk]).get(session.pk, []),
        "may_schedule": scope_of(request.user).may(Right.SCHEDULE, region),
        "form": form,
    }
    return render(request, "training_sessions/material_list.html", context)


@require_safe
def material_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bytes as a file to keep, never as a page: nobody knows what a stranger's file does in a browser."""
    material = get_object_or_404(materials_seen_by(request.user), pk=pk)
    content = material_store.open_stored(material.path)
    if content is None:
        messages.error(request, "Berkas ini sudah tidak tersimpan. Minta narasumber mengunggahnya lagi.")
        return redirect("training_sessions:material_list", material.session_id)
    if request.method == "GET":
        wave = material.session.wave
        record(
            at=clock.now(),
            actor=request.user,
            action="material.downloaded",
            sentence=f"Mengunduh materi “{material.name}” dari sesi {material.session.title}",
            region_code=wave.program.region_id,
            subject=wave.group,
            data={"material": str(material.pk)},
        )
    response = FileResponse(content, as_attachment=True, filename=material.name, content_type=material.content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def material_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shares a file with the participants, or (`bagikan` empty) no longer."""
    material = get_object_or_404(materials_seen_by(request.user), pk=pk)
    require(request, Right.SCHEDULE, material.session.wave.program.region_id)
    is_released = bool(request.POST.get("bagikan"))
    try:
        release_material(material=material, is_released=is_released, actor=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        told = "dibagikan kepada peserta" if is_released else "tidak dibagikan lagi"
        messages.success(request, f"Materi “{material.name}” {told}.")
    return redirect("training_sessions:material_list", material.session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def material_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    material = get_object_or_404(materials_seen_by(request.user), pk=pk)
    session = material.session
    require(request, Right.SCHEDULE, session.wave.program.region_id)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            delete_material(material=material, **form.cleaned_data, actor=request.user, now=clock.now())
        except InputError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Materi “{material.name}” dihapus.")
            return redirect("training_sessions:material_list", session.pk)
    context = {"material": material, "session": session, "wave": session.wave, "form": form}
    return render(request, "training_sessions/material_delete.html", context)


def _upload(request: HttpRequest, form: MaterialForm, session: TrainingSession) -> bool:
    """Keep the file; what is wrong with it stands in the form."""
    if is_upload_too_large(request):
        form.errors.pop("upload", None)
        form.add_error("upload", too_large_sentence())
    if not form.is_valid():
        return False
    upload = form.cleaned_data["upload"]
    try:
        made = upload_material(
            session=session,
            name=upload.name,
            content=upload,
            size=upload.size,
            actor=request.user,
            now=clock.now(),
        )
    except InputError as refusal:
        form.add_error("upload", refusal.sentence)
        return False
    messages.success(request, f"Materi “{made.name}” disimpan.")
    return True
