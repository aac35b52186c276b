"""Jawaban: the operator's one list of own heads, on a telephone in one hand."""

from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from participants.models import Answer
from participants.queries.answer_desk import (
    EVERYBODY,
    STATES,
    UNANSWERED,
    Asked,
    counts_of,
    desk_rows,
    in_state,
    people_asked,
    villages_asked,
    waves_asked,
)
from participants.queries.enrolment_page import enrolments_with_wave
from participants.rules import RELATIONS, WAVE_CHANGED, AnswerRefused, head_changed
from participants.use_cases.record_answer_for import record_answer_for
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text

Way = Answer.Channel
# Each row carries its own form, and the page must open on a poor network.
_PER_PAGE = 20
_TEXTS = ("reason", "substitute_name", "substitute_phone", "substitute_relation", "companion_name")
_FILTERS = ("keadaan", "gelombang", "kelurahan", "cari", "hal", "lewat")
# How people tell an operator; a reply or the personal link is recorded by the portal itself.
_WAYS = [(way.value, way.label) for way in (Way.PHONE, Way.WHATSAPP, Way.IN_PERSON, Way.LETTER)]


@dataclass(frozen=True)
class Tried:
    """An answer that could not be written down: whose, what was typed, and the sentences by field."""

    pk: int = 0
    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_desk(request: HttpRequest) -> HttpResponse:
    """The address carries the filters, for answers written down too: the list comes back where it was."""
    require_anywhere(request, Right.ANSWER_FOR)
    return _record(request) if request.method == "POST" else _show(request, Tried())


def _record(request: HttpRequest) -> HttpResponse:
    pk = parse_key(request.POST.get("peserta", ""))
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.ANSWER_FOR, enrolment.village_id)
    typed = {name: request.POST.get(name, "") for name in ("kind", "channel", *_TEXTS)}
    try:
        if request.POST.get("wave", "") != str(enrolment.wave_id):
            raise AnswerRefused({"": WAVE_CHANGED})
        if request.POST.get("ketua", str(enrolment.head_id)) != str(enrolment.head_id):
            raise AnswerRefused({"": head_changed(enrolment.head)})
        record_answer_for(enrolment=enrolment, by=request.user, now=clock.now(), **typed)
    except AnswerRefused as refusal:
        return _show(request, Tried(pk, typed, refusal.faults), HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = _filters(request) | {"dicatat": pk, "lewat": typed["channel"]}
    return redirect(f"{reverse('participants:answer_desk')}?{urlencode(kept)}#orang-{pk}")


def _show(request: HttpRequest, tried: Tried, status: int = HTTPStatus.OK) -> HttpResponse:
    now, asked = clock.now(), _asked(request)
    found = people_asked(request.user, asked, now)
    counts = counts_of(found)
    page = page_of(request, in_state(found, asked), _PER_PAGE)
    rows = desk_rows(list(page), request.user)
    if tried.faults and all(row.person.pk != tried.pk for row in rows):
        messages.error(request, " ".join(tried.faults.values()))
    context = {
        "asked": asked,
        "page": page,
        "rows": rows,
        "states": [
            (state, label, counts[state])
            for state, (label, _) in STATES.items()
            if counts[state] or state in (UNANSWERED, EVERYBODY, asked.state)
        ],
        "waves": waves_asked(request.user, now),
        "villages": villages_asked(request.user, now),
        "ways": _WAYS,
        "way": tried.typed.get("channel") or request.GET.get("lewat", ""),
        "relations": RELATIONS,
        "tried": tried,
        "filters": urlencode(_filters(request)),
    }
    return render(request, "participants/answer_desk.html", context, status=status)


def _asked(request: HttpRequest) -> Asked:
    """What is not understood is ignored."""
    state = request.GET.get("keadaan", "")
    return Asked(
        state=state if state in STATES else UNANSWERED,
        wave=parse_key(request.GET.get("gelombang", "")) or 0,
        village=search_text(request, "kelurahan"),
        search=search_text(request),
        kept=parse_key(request.GET.get("dicatat", "")) or 0,
    )


def _filters(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
