"""The personal page of an RT head. Looking changes nothing; answering is a POST."""

from datetime import datetime
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template, render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participants.forms.answers import AnswerForm
from participants.queries.invitation import answering_of_link, person_of_link, wave_rows
from participants.rules import AnswerRefused, link_closed, needs_companion
from participants.use_cases.answer_invitation import answer_invitation
from participants.views.invitation_parts import wave_parts
from rtportal.lib import clock, links


# The link that nobody can guess is the credential. The page reads and sets no cookie, so there is no session on which
# another site could ride, and answering works in a browser that refuses cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_show(request: HttpRequest, token: str) -> HttpResponse:
    if not links.looks_like_token(token):
        return _page("invitation_unknown", {}, HTTPStatus.NOT_FOUND)
    link_hash = links.hash_token(token)
    if request.method == "POST":
        return _answer(request, link_hash, clock.now())
    return _show(link_hash, clock.now())


def _answer(request: HttpRequest, link_hash: str, now: datetime) -> HttpResponse:
    enrolment = answering_of_link(link_hash)
    if enrolment is None or enrolment.link_revoked_at or link_closed(enrolment.wave, now):
        return _show(link_hash, now, status=HTTPStatus.CONFLICT)
    form = AnswerForm(request.POST, needs_companion=needs_companion(enrolment.wave.program))
    if not form.is_valid():
        return _show(link_hash, now, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answer_invitation(enrolment=enrolment, now=now, **form.content)
    except AnswerRefused:
        # The link was replaced or revoked since it was looked up, and the page says so.
        return _show(link_hash, now, status=HTTPStatus.CONFLICT)
    return _private(HttpResponseRedirect(request.path))


def _show(link_hash: str, now: datetime, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    enrolment = person_of_link(link_hash)
    if enrolment is None:
        return _page("invitation_unknown", {}, HTTPStatus.NOT_FOUND)
    parts = wave_parts(*wave_rows(enrolment.wave_id))
    if enrolment.link_revoked_at:
        return _page("invitation_revoked", {"parts": parts}, HTTPStatus.GONE)
    context = {
        "enrolment": enrolment,
        "head": enrolment.head,
        "parts": parts,
        "program": parts.wave.program,
        "closed": link_closed(parts.wave, now),
        "faults": form.summary if form else [],
        "choices": _typed_choices(form) if form else parts.choices,
    }
    return _page("invitation_show", context, status)


def _typed_choices(form: AnswerForm) -> str:
    context = {"form": form, "asked": form.data.get("answer"), "needs_companion": form.needs_companion}
    return render_to_string("participants/_invitation_choices.html", context)


def _page(template: str, context: dict, status: int) -> HttpResponse:
    # Without the request there are no context processors, and so neither session nor user is touched.
    return _private(HttpResponse(get_template(f"participants/{template}.html").render(context), status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    # Django logs the address of every answer from 400 on, and here the address is the credential.
    response._has_been_logged = True
    return response
