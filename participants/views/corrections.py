"""Perbaikan data: what heads asked to have put right, and the office's decision."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.models import DataCorrection
from participants.queries.corrections import DECIDED, WAITING, corrections_for, described, waiting_for
from participants.use_cases.decide_correction import AlreadyDecided, decide_correction
from participants.use_cases.request_correction import CorrectionRefused
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of

STATES = ((WAITING, "Menunggu"), (DECIDED, "Sudah diputuskan"))
ACCEPT, REFUSE = "terima", "tolak"


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
def correction_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`keputusan` is `terima` or `tolak`, `alasan` what the head reads about it."""
    rows = DataCorrection.objects.select_related("head", "enrolment__wave", "village")
    correction = fetch(request, rows, pk=pk)
    require(request, Right.ANSWER_FOR, correction.village_id)
    decision, note = request.POST.get("keputusan", ""), request.POST.get("alasan", "")
    if decision not in {ACCEPT, REFUSE}:
        fault = "Pilih Terima atau Tolak."
        return _show(request, pk, note, fault, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        decide_correction(
            correction=correction, is_accepted=decision == ACCEPT, note=note, by=request.user, now=clock.now()
        )
    except CorrectionRefused as refusal:
        return _show(request, pk, note, refusal.sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    except AlreadyDecided as late:
        messages.error(request, late.sentence)
    else:
        done = "diterima dan ditulis" if decision == ACCEPT else "ditolak"
        messages.success(request, f"Perbaikan data {correction.head} {done}. Ketua RT dapat membacanya di halamannya.")
    return redirect("participants:correction_list")


def _show(
    request: HttpRequest, faulty: int = 0, note: str = "", fault: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    require_anywhere(request, Right.ANSWER_FOR)
    state, now = request.GET.get("keadaan", ""), clock.now()
    state = state if state == DECIDED else WAITING
    page = page_of(request, corrections_for(request.user, state))
    context = {
        "page": page,
        "rows": [described(correction, now) for correction in page],
        "waiting": waiting_for(request.user, now),
        "states": STATES,
        "state": state,
        "is_decided": state == DECIDED,
        "faulty": faulty,
        "note": note,
        "fault": fault,
    }
    return render(request, "participants/correction_list.html", context, status=status)
