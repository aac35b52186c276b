"""Berkas of a wave: what can be exported and printed, its SPJ bundle, and what was made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.spj_bundles import EXPORT as BUNDLE
from participants.queries.spj_bundles import newest_bundle
from participants.queries.wave_pages import wave_page
from rtportal.documents.formats import FORMATS, Format
from rtportal.documents.queries import files_for
from rtportal.documents.registry import Export, Paper, Phase, exports_about, open_export
from rtportal.documents.signed_papers import signed_copies_about
from rtportal.web.paging import page_of

# The rest is a page further: what can be made stands above.
NEWEST_FILES = 10


def offered(paper: Paper) -> tuple[Paper, int, list[Format], str]:
    """The paper, how much there is, its formats, what it lacks."""
    return paper, paper.count(), [FORMATS[name] for name in paper.formats], paper.lacks()


@require_safe
def wave_files(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "berkas")
    wave, may = context["wave"], context["may"]
    kinds = [kind for kind in exports_about("wave") if may[kind.right.value] and kind.identifier != BUNDLE]
    opened = [open_export(kind.identifier, user=request.user, params={"wave": wave.pk}) for kind in kinds]
    context |= {
        "offers": [
            (export, export.count(), [FORMATS[name] for name in export.formats], True)
            for export in opened
            if isinstance(export, Export)
        ],
        "phases": [
            (phase.value, [offered(paper) for paper in opened if isinstance(paper, Paper) and paper.phase is phase])
            for phase in Phase
        ],
    }
    if may["export"]:
        # No classes: a template would call them.
        context["program_offers"] = [(export.identifier, export.label) for export in exports_about("program")]
        context["bundle"] = newest_bundle(wave)
    if may["schedule"]:
        context["signed"] = signed_copies_about(wave.group)
        context["page"] = page_of(request, files_for(request.user).filter(subject=wave.group), NEWEST_FILES)
    return render(request, "participants/wave_files.html", context)
