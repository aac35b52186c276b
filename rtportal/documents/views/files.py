"""Files that were made: the list, one file's progress, the download."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.formats import FORMATS
from rtportal.documents.models import GeneratedFile
from rtportal.documents.queries import file_for, files_for
from rtportal.documents.registry import is_intimate, open_export, unit_of
from rtportal.documents.signed_papers import is_signable, signed_copies_of
from rtportal.documents.storage import open_stored
from rtportal.documents.use_cases.record_download import record_download
from rtportal.lib import clock
from rtportal.web.paging import page_of
from rtportal.web.step_up import fresh_proof_required


@require_safe
def file_list(request: HttpRequest) -> HttpResponse:
    """Files the user may have. Whoever may not export is told who can."""
    may_export = scope_of(request.user).may_anywhere(Right.EXPORT)
    context = {
        "page": page_of(request, files_for(request.user)),
        "may_export": may_export,
        "kept_days": settings.FILE_DAYS,
    }
    return render(request, "documents/file_list.html", context)


@require_safe
def file_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file; while it is being written, htmx asks for the part with the progress each second."""
    file = file_for(request.user, pk)
    context = {
        "file": file,
        "format": FORMATS.get(file.format),
        "unit": unit_of(file.export),
        "now": clock.now(),
        "dropped_at": file.finished_at and file.finished_at + timedelta(days=settings.FILE_DAYS),
    }
    if request.htmx:
        return render(request, "documents/_file_progress.html", context)
    paper = open_export(file.export, user=request.user, params=file.params)
    context |= {"is_signable": is_signable(paper) and file.is_ready, "signed": signed_copies_of(file)}
    return render(request, "documents/file_detail.html", context)


def _tells_identity(request: HttpRequest, pk: UUID) -> bool:
    told = GeneratedFile.objects.filter(pk=pk).values_list("export", "is_unmasked").first()
    return told is not None and (told[1] or is_intimate(told[0]))


@fresh_proof_required(when=_tells_identity)
@require_safe
def file_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bytes, only for whoever may export the same thing at this moment."""
    file = file_for(request.user, pk)
    content = open_stored(file) if file.is_ready else None
    if content is None:
        missing = "Berkas ini sudah tidak tersimpan. Buat lagi." if file.is_ready else "Berkas ini belum siap diunduh."
        messages.error(request, missing)
        return redirect("documents:file_detail", file.pk)
    if request.method == "GET":
        record_download(file=file, by=request.user, now=clock.now())
    response = FileResponse(
        content, as_attachment=True, filename=file.filename, content_type=FORMATS[file.format].content_type
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
