"""The words of a programme's papers: which there are, the editor with its preview, and the sample as PDF."""

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.forms.wording import PaperWordsForm
from participants.paper_words import PAPER_KINDS, PaperKind
from participants.queries.paper_wordings import paper_preview, paper_recipients, paper_rows, paper_sample
from participants.queries.wordings import versions
from participants.views.word_editor import asked_of, chosen_of, initial_words, words_saved
from programs.models import Program
from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.formats.pdf import TypesettingFailed, typeset
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require

_PROGRAMS = Program.objects.select_related("region", "office")


@require_safe
def paper_wording_list(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, _PROGRAMS, pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    may_edit = scope_of(request.user).may(Right.EDIT_WORDS, program.region_id)
    context = {"program": program, "rows": paper_rows(program), "may_edit": may_edit}
    return render(request, "participants/paper_wording_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_wording_update(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """GET with `versi` takes an earlier version (0: the portal's words) into the editor; POST previews, makes the
    sample, or saves."""
    program = fetch(request, _PROGRAMS, pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    kind = PAPER_KINDS.get(paper)
    if kind is None:
        raise Http404("no such paper")
    wordable = kind.wordable
    history = versions(program, wordable.name)
    initial = initial_words(request, wordable, history)
    form = PaperWordsForm(request.POST if request.method == "POST" else None, initial=initial)
    page = _page(request, program, kind, form)
    if request.method == "POST":
        require(request, Right.EDIT_WORDS, program.region_id)
        deed = request.POST.get("aksi")
        if deed == "simpan" and form.is_valid() and words_saved(request, program, wordable, form):
            return redirect("participants:paper_wording_update", program.pk, kind.name)
        if deed == "pdf" and form.is_valid() and (sample := _sample(request, program, kind, form, page)):
            return sample
    if request.htmx:
        return render(request, "participants/_paper_wording_preview.html", page)
    may_edit = scope_of(request.user).may(Right.EDIT_WORDS, program.region_id)
    return render(request, "participants/paper_wording_update.html", page | {"history": history, "may_edit": may_edit})


def _page(request: HttpRequest, program: Program, kind: PaperKind, form: PaperWordsForm) -> dict:
    search, key = asked_of(request)
    people = paper_recipients(request.user, program, kind, search=search)
    recipient = chosen_of(people, key)
    about_id = int(recipient) if recipient else None
    return {
        "program": program,
        "kind": kind,
        "form": form,
        "people": people,
        "recipient": recipient,
        "search": search,
        "has_sample": bool(kind.sample and people),
        "preview": paper_preview(kind, program, form.typed(), about_id=about_id),
    }


def _sample(
    request: HttpRequest, program: Program, kind: PaperKind, form: PaperWordsForm, page: dict
) -> HttpResponse | None:
    """The paper as it would be printed; None where there is nothing, with the reason in the form."""
    if page["preview"].fault:
        form.add_error("text", page["preview"].fault)
        return None
    if kind.sample is None or not page["recipient"]:
        form.add_error(None, "Belum ada gelombang atau penerima untuk contoh PDF.")
        return None
    try:
        about_id, now = int(page["recipient"]), clock.now()
        template, data = paper_sample(kind, program, form.words(), about_id=about_id, user=request.user, now=now)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "contoh.pdf"
            typeset(template, data, target, look=lambda: None)
            content = target.read_bytes()
    except InputError as refusal:
        form.refuse(refusal)
        return None
    except TypesettingFailed:
        form.add_error(None, "Contoh PDF belum dapat dibuat. Coba lagi sebentar lagi.")
        return None
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="contoh-{kind.name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
