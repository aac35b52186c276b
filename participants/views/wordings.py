"""The words of a programme's messages: which there are, and the editor with its preview."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.forms.wording import WordingForm
from participants.queries.wordings import editable_kind, kind_rows, preview, recipients, versions
from programs.models import Program
from programs.vocabulary import scope_of_program
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.errors import InputError
from rtportal.messaging.kinds import MessageKind
from rtportal.messaging.models import Wording
from rtportal.messaging.use_cases.save_wording import StaleWording, save_wording
from rtportal.messaging.wording import default_words, words_of
from rtportal.web.access import fetch, require

_PROGRAMS = Program.objects.select_related("region", "office")


@require_safe
def wording_list(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, _PROGRAMS, pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    may_edit = scope_of(request.user).may(Right.EDIT_WORDS, program.region_id)
    context = {"program": program, "rows": kind_rows(program), "may_edit": may_edit}
    return render(request, "participants/wording_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wording_update(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """GET with `versi` takes an earlier version (0: the portal's words) into the editor; POST previews or saves."""
    program = fetch(request, _PROGRAMS, pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    found = editable_kind(kind)
    if found is None:
        raise Http404
    history = versions(program, found)
    form = WordingForm(request.POST if request.method == "POST" else None, initial=_initial(request, found, history))
    if request.method == "POST":
        require(request, Right.EDIT_WORDS, program.region_id)
        if request.POST.get("aksi") == "simpan" and form.is_valid() and _saved(request, program, found, form):
            return redirect("participants:wording_update", program.pk, found.name)
    page = _page(request, program, found, form)
    if request.htmx:
        return render(request, "participants/_wording_preview.html", page)
    may_edit = scope_of(request.user).may(Right.EDIT_WORDS, program.region_id)
    return render(request, "participants/wording_update.html", page | {"history": history, "may_edit": may_edit})


def _initial(request: HttpRequest, kind: MessageKind, history: list[Wording]) -> dict:
    newest = history[0] if history else None
    wanted = request.GET.get("versi", "")
    chosen = next((row for row in history if str(row.number) == wanted), None if wanted == "0" else newest)
    words = words_of(chosen, default_words(kind.name))
    number = newest.number if newest else 0
    return {"number": number, "subject": words.subject, "text": words.text, "short": words.short}


def _saved(request: HttpRequest, program: Program, kind: MessageKind, form: WordingForm) -> bool:
    try:
        row = save_wording(
            kind=kind,
            scope=scope_of_program(program.pk),
            number=form.cleaned_data["number"],
            words=form.words(),
            by=request.user,
            region_code=program.region_id,
            now=clock.now(),
        )
    except InputError as refusal:
        form.refuse(refusal)
        if isinstance(refusal, StaleWording):
            form.save_on_top_of(refusal.newest.number)
        return False
    words = f"Disimpan sebagai versi {row.number}." if row else "Tidak ada yang berubah."
    messages.success(request, words)
    return True


def _page(request: HttpRequest, program: Program, kind: MessageKind, form: WordingForm) -> dict:
    asked = request.POST if request.method == "POST" else request.GET
    search = storable(asked.get("cari", "")).strip()[:60]
    people = recipients(request.user, program, kind, search=search)
    keys = [key for key, _ in people]
    chosen = asked.get("penerima", "")
    recipient = chosen if chosen in keys else next(iter(keys), "")
    about_id = int(recipient) if recipient else None
    return {
        "program": program,
        "kind": kind,
        "form": form,
        "people": people,
        "recipient": recipient,
        "search": search,
        "preview": preview(kind, form.typed(), about_id=about_id, now=clock.now()),
    }
