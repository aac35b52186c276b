"""The personal page of an RT head. Looking changes nothing; answering is a POST."""

from datetime import datetime
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participants.forms.answers import AnswerForm
from participants.models import Enrolment
from participants.queries.invitation import agenda_lines, enrolment_of_link
from participants.rules import AnswerRefused, link_closed, needs_companion
from participants.use_cases.answer_invitation import answer_invitation
from rtportal.lib import clock, links


# The link that nobody can guess is the credential. The page reads and sets no cookie, so there is no session on which
# another site could ride, and answering works in a browser that refuses cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_show(request: HttpRequest, token: str) -> HttpResponse:
    enrolment = enrolment_of_link(links.hash_token(token)) if links.looks_like_token(token) else None
    if enrolment is None:
        return _page("invitation_unknown", {}, HTTPStatus.NOT_FOUND)
    if enrolment.link_revoked_at:
        return _page("invitation_revoked", {"office": enrolment.wave.program.office}, HTTPStatus.GONE)
    if request.method == "POST":
        return _answer(request, enrolment, clock.now())
    return _show(enrolment, clock.now())


def _answer(request: HttpRequest, enrolment: Enrolment, now: datetime) -> HttpResponse:
    if link_closed(enrolment.wave, now):
        return _show(enrolment, now, status=HTTPStatus.CONFLICT)
    form = AnswerForm(request.POST, needs_companion=needs_companion(enrolment.wave.program))
    if not form.is_valid():
        return _show(enrolment, now, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answer_invitation(enrolment=enrolment, now=now, **form.content)
    except AnswerRefused as refusal:
        # The link was replaced, or the deadline passed, since the page was asked for.
        form.add_error(None, refusal.sentence)
        return _show(enrolment, now, form=form, status=HTTPStatus.CONFLICT)
    return _private(HttpResponseRedirect(request.path))


def _show(enrolment: Enrolment, now: datetime, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    wave = enrolment.wave
    zone = wave.zone
    is_one_day = wave.local_day == clock.local_date(wave.ends_at, zone)
    context = {
        "enrolment": enrolment,
        "head": enrolment.head,
        "wave": wave,
        "zone": zone,
        "until": (clock.time_words if is_one_day else clock.moment_words)(wave.ends_at, zone),
        "program": wave.program,
        "office": wave.program.office,
        "agenda": agenda_lines(wave),
        "closed": link_closed(wave, now),
        "needs_companion": needs_companion(wave.program),
        "form": form,
        "asked": form.data.get("answer") if form else "",
    }
    return _page("invitation_show", context, status)


def _page(template: str, context: dict, status: int) -> HttpResponse:
    # Without the request there are no context processors, and so neither session nor user is touched.
    return _private(HttpResponse(get_template(f"participants/{template}.html").render(context), status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
