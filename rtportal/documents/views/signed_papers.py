"""Papers that came back signed: upload, download, delete."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from rtportal.audit.record import record
from rtportal.documents import kept_files
from rtportal.documents.models import GeneratedFile
from rtportal.documents.queries import file_for
from rtportal.documents.registry import open_export
from rtportal.documents.signed_papers import is_signable, signed_copy_for
from rtportal.documents.use_cases.delete_signed_paper import delete_signed_paper
from rtportal.documents.use_cases.keep_signed_paper import keep_signed_paper
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.uploads import is_upload_too_large, too_large_sentence


@require_POST
def signed_paper_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The signed copy of the paper that the file is."""
    file = file_for(request.user, pk)
    paper = open_export(file.export, user=request.user, params=file.params)
    if not is_signable(paper):
        raise Http404("nobody signs that")
    upload = request.FILES.get("signed")
    if is_upload_too_large(request):
        messages.error(request, too_large_sentence())
    elif upload is None:
        messages.error(request, "Pilih berkas PDF yang sudah ditandatangani.")
    else:
        wishes = {"name": upload.name, "content": upload, "size": upload.size, "by": request.user, "now": clock.now()}
        try:
            kept = keep_signed_paper(paper=paper, **wishes)
        except InputError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"“{kept.name}” disimpan.")
    return redirect("documents:file_detail", file.pk)


@require_safe
def signed_paper_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bytes as a file to keep, never as a page."""
    signed = signed_copy_for(request.user, pk)
    content = kept_files.open_kept(signed.path)
    if content is None:
        messages.error(request, "Berkas ini sudah tidak tersimpan. Unggah lagi.")
        return redirect("documents:file_list")
    if request.method == "GET":
        record(
            at=clock.now(),
            actor=request.user,
            action="signed_paper.downloaded",
            sentence=f"Mengunduh “{signed.title}” yang sudah ditandatangani ({signed.name})",
            region_code=signed.region_code,
            subject=signed.subject,
            data={"signed_paper": str(signed.pk)},
        )
    response = FileResponse(content, as_attachment=True, filename=signed.name, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def signed_paper_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    signed = signed_copy_for(request.user, pk)
    delete_signed_paper(signed=signed, by=request.user, now=clock.now())
    messages.success(request, f"“{signed.name}” dihapus.")
    # Back to the paper, where it was not dropped meanwhile.
    made = GeneratedFile.objects.filter(export=signed.export, params=signed.params).first()
    return redirect("documents:file_detail", made.pk) if made else redirect("documents:file_list")
