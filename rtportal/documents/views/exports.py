"""Asking for a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from rtportal.documents.formats import FORMATS
from rtportal.documents.registry import open_export
from rtportal.documents.use_cases.request_export import request_export
from rtportal.lib import clock


@require_POST
def export_create(request: HttpRequest, export: str) -> HttpResponse:
    opened = open_export(export, user=request.user, params=request.POST.dict())
    file_format = FORMATS.get(request.POST.get("format", ""))
    if file_format is None or file_format.name not in opened.formats:
        names = " atau ".join(FORMATS[name].label for name in opened.formats)
        messages.error(request, f"Format berkas tidak dikenal. Pilih {names}.")
        return redirect("documents:file_list")
    file = request_export(export=opened, file_format=file_format, by=request.user, clock=clock.now)
    return redirect("documents:file_detail", file.pk)
