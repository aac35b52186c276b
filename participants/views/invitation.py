"""The personal page of an RT head. Looking changes nothing; answering is a POST."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participants.queries.invitation import answering_of_link
from participants.rules import AnswerRefused, link_closed
from participants.use_cases.answer_invitation import answer_invitation
from participants.views.invitation_page import invitation_html
from participants.views.personal_link import open_link
from rtportal.lib import clock, links

_TYPED = ("reason", "substitute_name", "substitute_phone", "substitute_relation", "companion_name")
# The page was open while the office moved this person.
_MOVED = "Jadwal Bapak/Ibu berubah sejak halaman ini dibuka. Periksa tanggal dan tempatnya, lalu jawab sekali lagi."


# The link that nobody can guess is the credential. The page reads and sets no cookie, so there is no session on which
# another site could ride, and answering works in a browser that refuses cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_show(request: HttpRequest, token: str) -> HttpResponse:
    # Nonsense costs no query.
    if request.method == "POST" and links.looks_like_token(token):
        return _answer(request, token)
    return _show(token)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    now = clock.now()
    enrolment = answering_of_link(links.hash_token(token))
    is_over = enrolment is None or enrolment.link_revoked_at or enrolment.superseded_at
    if is_over or link_closed(enrolment.wave, now):
        return _show(token, status=HTTPStatus.CONFLICT)
    typed = {"kind": request.POST.get("answer", "")} | {name: request.POST.get(name, "") for name in _TYPED}
    if request.POST.get("wave", str(enrolment.wave_id)) != str(enrolment.wave_id):
        return _show(token, status=HTTPStatus.CONFLICT, typed=typed, faults={"": _MOVED})
    try:
        answer_invitation(enrolment=enrolment, now=now, **typed)
    except AnswerRefused as refusal:
        return _show(token, status=HTTPStatus.UNPROCESSABLE_ENTITY, typed=typed, faults=refusal.faults)
    return HttpResponseRedirect(request.path)


def _show(token: str, *, status: int = HTTPStatus.OK, typed: dict | None = None, faults: dict | None = None):
    opened = open_link(token)
    if isinstance(opened, HttpResponse):
        return opened
    return HttpResponse(invitation_html(opened, clock.now(), typed=typed, faults=faults), status=status)
