"""The words of a programme's messages: which there are, and the editor with its preview."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.forms.wording import WordingForm
from participants.queries.wordings import editable_kind, kind_rows, preview, recipients, versions
from participants.views.word_editor import asked_of, chosen_of, initial_words, words_saved
from programs.models import Program
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.messaging.kinds import MessageKind
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
    wordable = found.wordable
    history = versions(program, found.name)
    initial = initial_words(request, wordable, history)
    form = WordingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        require(request, Right.EDIT_WORDS, program.region_id)
        if request.POST.get("aksi") == "simpan" and form.is_valid() and words_saved(request, program, wordable, form):
            return redirect("participants:wording_update", program.pk, found.name)
    page = _page(request, program, found, form)
    if request.htmx:
        return render(request, "participants/_wording_preview.html", page)
    may_edit = scope_of(request.user).may(Right.EDIT_WORDS, program.region_id)
    return render(request, "participants/wording_update.html", page | {"history": history, "may_edit": may_edit})


def _page(request: HttpRequest, program: Program, kind: MessageKind, form: WordingForm) -> dict:
    search, key = asked_of(request)
    people = recipients(request.user, program, kind, search=search)
    recipient = chosen_of(people, key)
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
