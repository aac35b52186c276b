"""Berkas of a wave: what can be exported, and what was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.wave_pages import wave_page
from rtportal.documents.formats import FORMATS
from rtportal.documents.queries import files_for
from rtportal.documents.registry import Export, Paper, exports_about, open_export
from rtportal.web.paging import page_of


@require_safe
def wave_files(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "berkas")
    wave = context["wave"]
    if context["may"]["export"]:
        opened = [
            open_export(export.identifier, user=request.user, params={"wave": wave.pk})
            for export in exports_about("wave")
        ]
        context |= {
            "offers": [
                (export, export.count(), [FORMATS[name] for name in export.formats], True)
                for export in opened
                if isinstance(export, Export)
            ],
            "papers": [
                (paper, paper.count(), [FORMATS[name] for name in paper.formats], paper.lacks())
                for paper in opened
                if isinstance(paper, Paper)
            ],
            # No classes: a template would call them.
            "program_offers": [(export.identifier, export.label) for export in exports_about("program")],
            "page": page_of(request, files_for(request.user).filter(subject=wave.group)),
        }
    return render(request, "participants/wave_files.html", context)
