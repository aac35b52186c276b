"""The own data of an RT head behind the personal link: shown after the last digits of the own telephone.

There is no cookie. The digits are answered with the page itself, whose form carries a signed proof that is good for a
quarter of an hour.
"""

import unicodedata
from datetime import datetime
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participants.models import DataCorrection, DataRequest, Enrolment
from participants.queries.corrections import change_lines
from participants.queries.own_data import corrections_of, enrolment_of_link, requests_of
from participants.use_cases.check_phone_digits import DIGITS, DigitsRefused, check_phone_digits
from participants.use_cases.request_correction import CorrectionRefused, request_correction
from participants.views.own_data_proof import is_proven, make_proof
from rtportal.lib import clock, links, phones

FIELDS = ("name", "phone", "email", "note")
NOT_DIGITS = f"Ketik {DIGITS} angka terakhir saja, misalnya 7890."
TOO_LATE = "Sudah lebih dari 15 menit. Ketik lagi empat angka itu; isian Bapak/Ibu tetap ada."


# As on the personal page, there is no session on which another site could ride.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    enrolment = enrolment_of_link(links.hash_token(token)) if links.looks_like_token(token) else None
    if enrolment is None:
        # The personal page says what is wrong with the link.
        return HttpResponseRedirect(reverse("participants:invitation_show", args=[token]))
    if request.method != "POST":
        return ask_digits(enrolment)
    typed = {name: request.POST[name] for name in FIELDS if name in request.POST}
    if "proof" in request.POST:
        return _correct(enrolment, request.POST["proof"], typed)
    return _enter(enrolment, request.POST.get("digits", ""), typed)


def _enter(enrolment: Enrolment, digits: str, typed: dict[str, str]) -> HttpResponse:
    now = clock.now()
    digits = "".join(unicodedata.normalize("NFKC", digits).split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return ask_digits(enrolment, NOT_DIGITS, typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        check_phone_digits(enrolment_id=enrolment.pk, digits=digits, now=now)
    except DigitsRefused as refusal:
        status = HTTPStatus.TOO_MANY_REQUESTS if refusal.is_paused else HTTPStatus.UNPROCESSABLE_ENTITY
        return ask_digits(enrolment, refusal.sentence, typed, status=status)
    return show_data(enrolment, now, typed=typed)


def _correct(enrolment: Enrolment, proof: str, typed: dict[str, str]) -> HttpResponse:
    now = clock.now()
    if not is_proven(proof, enrolment, now):
        return ask_digits(enrolment, TOO_LATE, typed, status=HTTPStatus.FORBIDDEN)
    asked = {name: typed.get(name, "") for name in FIELDS}
    try:
        request_correction(enrolment=enrolment, now=now, **asked)
    except CorrectionRefused as refusal:
        return show_data(enrolment, now, typed=asked, faults=refusal.faults, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return show_data(enrolment, now, is_sent=True)


def ask_digits(enrolment: Enrolment, fault: str = "", typed: dict[str, str] | None = None, *, status: int = 200):
    context = {"has_phone": bool(enrolment.head.phone), "fault": fault, "typed": typed or {}}
    return _page("own_data_digits", enrolment, context, status)


def show_data(
    enrolment: Enrolment,
    now: datetime,
    *,
    typed: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    is_sent: bool = False,
    asked: DataRequest | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    head, corrections = enrolment.head, corrections_of(enrolment)
    for correction in corrections:
        correction.lines = change_lines(head, correction)
    present = {"name": head.full_name, "phone": phones.display(head.phone), "email": head.email, "note": ""}
    context = {
        "head": head,
        "typed": present | (typed or {}),
        "faults": faults or {},
        "trouble": (faults or {}).get("", ""),
        "corrections": corrections,
        "is_waiting": any(one.state == DataCorrection.State.OPEN for one in corrections),
        "is_sent": is_sent,
        "requests": requests_of(enrolment),
        # A copy is to be had at once.
        "kinds": [choice for choice in DataRequest.Kind.choices if choice[0] != DataRequest.Kind.COPY],
        "asked": asked,
        "request_trouble": trouble,
        "proof": make_proof(enrolment, now),
    }
    return _page("own_data", enrolment, context, status)


def _page(name: str, enrolment: Enrolment, context: dict, status: int) -> HttpResponse:
    wave = enrolment.wave
    context |= {"enrolment": enrolment, "program": wave.program, "office": wave.program.office, "zone": wave.zone}
    # Without the request there are no context processors, and so neither session nor user is touched.
    return HttpResponse(get_template(f"participants/{name}.html").render(context), status=status)
