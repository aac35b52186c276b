"""What a head may do behind the four digits besides putting data right: take a copy of everything, ask for more.

Each form carries the proof of `own_data_proof.py`; when that has run out, the digits are asked again.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from participants.data_copy.gathering import as_json, copy_of
from participants.exports.data_copy import copy_pdf, filename_of, heads_with_place
from participants.models import DataRequest, Enrolment
from participants.queries.own_data import enrolment_of_link
from participants.use_cases.record_data_copy import record_data_copy
from participants.use_cases.request_data import RequestRefused, request_data
from participants.views.own_data import TOO_LATE, ask_digits, show_data
from participants.views.own_data_proof import is_proven
from rtportal.documents.formats.pdf import TypesettingFailed
from rtportal.lib import clock, links
from rtportal.web.throttle import is_too_often

# Gathering and laying one out takes a processor a second.
MOST_COPIES, SECONDS = 10, 3_600
_TOO_OFTEN = "Salinan sudah diambil berkali-kali. Coba lagi satu jam lagi."
_BROKEN = "Salinan belum dapat dibuat. Coba lagi sebentar lagi, atau telepon kami."
_COPY_TYPES = {"pdf": "application/pdf", "json": "application/json"}


def _proven(view: Callable[[HttpRequest, Enrolment, datetime], HttpResponse]):
    """For whoever shows a proof that is still good; others are asked for the digits."""

    # As on the personal page, there is no session on which another site could ride.
    @csrf_exempt
    @login_not_required
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        enrolment = enrolment_of_link(links.hash_token(token)) if links.looks_like_token(token) else None
        if enrolment is None:
            # The personal page says what is wrong with the link.
            return HttpResponseRedirect(reverse("participants:invitation_show", args=[token]))
        now = clock.now()
        if not is_proven(request.POST.get("proof", ""), enrolment, now):
            return ask_digits(enrolment, TOO_LATE, status=HTTPStatus.FORBIDDEN)
        return view(request, enrolment, now)

    return guarded


@_proven
def own_data_copy(request: HttpRequest, enrolment: Enrolment, now: datetime) -> HttpResponse:
    """Everything about whoever holds the invitation, as `bentuk` says: pdf or json."""
    form = "json" if request.POST.get("bentuk") == "json" else "pdf"
    if is_too_often(f"data-copy:{enrolment.head_id}", most=MOST_COPIES, seconds=SECONDS):
        return show_data(enrolment, now, trouble=_TOO_OFTEN, status=HTTPStatus.TOO_MANY_REQUESTS)
    head = heads_with_place().get(pk=enrolment.head_id)
    copy = copy_of(head, now=now)
    try:
        content = as_json(copy).encode() if form == "json" else copy_pdf(copy)
    except TypesettingFailed:
        return show_data(enrolment, now, trouble=_BROKEN, status=HTTPStatus.SERVICE_UNAVAILABLE)
    record_data_copy(head=head, form=form, now=now)
    response = HttpResponse(content, content_type=_COPY_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{filename_of(head)}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@_proven
def own_data_request(request: HttpRequest, enrolment: Enrolment, now: datetime) -> HttpResponse:
    """`permintaan` is a kind, `keterangan` why."""
    head = heads_with_place().get(pk=enrolment.head_id)
    kind, note = request.POST.get("permintaan", ""), request.POST.get("keterangan", "")
    try:
        asked = request_data(head=head, kind=kind, came_by=DataRequest.CameBy.PAGE, note=note, by=None, now=now)
    except RequestRefused as refusal:
        return show_data(enrolment, now, trouble=refusal.sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return show_data(enrolment, now, asked=asked)
