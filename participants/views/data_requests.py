"""Permintaan data: what heads asked to be done with their data, with the clock, and the office's answer."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.exports.data_copy import heads_with_place
from participants.forms.data_requests import DataRequestForm
from participants.models import DataRequest
from participants.queries.corrections import DECIDED, WAITING
from participants.queries.data_requests import may_grant, requests_for, requests_waiting_for, timed
from participants.use_cases.answer_data_request import AnswerRefused, answer_data_request
from participants.use_cases.request_data import RequestRefused, request_data
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.step_up import fresh_proof_required

STATES = ((WAITING, "Menunggu"), (DECIDED, "Sudah dijawab"))
GRANT, REFUSE = "penuhi", "tolak"
_NO_CHOICE = "Pilih Penuhi atau Tolak."
_ONLY_ADMIN = "Penghapusan tidak dapat dibatalkan, jadi hanya admin yang dapat memenuhinya."


@require_safe
def data_request_list(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_http_methods(["GET", "HEAD", "POST"])
def data_request_create(request: HttpRequest, pk: int) -> HttpResponse:
    """For a head without a telephone, or who wrote or called."""
    head = fetch(request, heads_with_place(), pk=pk)
    require(request, Right.ANSWER_FOR, head.rt.village_id)
    zone, now = head.rt.village.time_zone, clock.now()
    local = timezone.localtime(now, clock.parse_zone(zone))
    initial = {"kind": DataRequest.Kind.COPY, "came_by": "letter", "received_on": local, "received_at": local}
    form = DataRequestForm(request.POST or None, initial=initial)
    if form.is_valid():
        wished = {name: form.cleaned_data[name] for name in ("kind", "came_by", "note")}
        try:
            row = request_data(head=head, by=request.user, now=now, received_at=form.received(zone), **wished)
        except RequestRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            until = clock.moment_words(row.due_at, zone)
            messages.success(request, f"Permintaan {head} dicatat. Batas waktu jawabannya {until}.")
            return redirect("participants:data_request_list")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "participants/data_request_create.html", {"form": form, "head": head}, status=status)


@fresh_proof_required(when=lambda request, pk: request.POST.get("keputusan") == GRANT)
@require_POST
def data_request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`keputusan` is `penuhi` or `tolak`, `jawaban` what the head reads about it."""
    row = fetch(request, DataRequest.objects.select_related("head", "region"), pk=pk)
    require(request, Right.ANSWER_FOR, row.region_id)
    decision, note = request.POST.get("keputusan", ""), request.POST.get("jawaban", "")
    if decision not in {GRANT, REFUSE}:
        return _show(request, pk, note, _NO_CHOICE)
    if decision == GRANT and not may_grant(request.user, row):
        return _show(request, pk, note, _ONLY_ADMIN)
    name = str(row.head)
    try:
        answer_data_request(request_pk=row.pk, is_done=decision == GRANT, note=note, by=request.user, now=clock.now())
    except AnswerRefused as refusal:
        return _show(request, pk, note, refusal.sentence)
    messages.success(request, f"Permintaan {name} {'dipenuhi' if decision == GRANT else 'ditolak'}.")
    return redirect("participants:data_request_list")


def _show(request: HttpRequest, faulty: int = 0, note: str = "", fault: str = "") -> HttpResponse:
    require_anywhere(request, Right.ANSWER_FOR)
    now = clock.now()
    state = DECIDED if request.GET.get("keadaan") == DECIDED else WAITING
    page = page_of(request, requests_for(request.user, state))
    context = {
        "page": page,
        "rows": [timed(row, request.user, now) for row in page],
        "waiting": requests_waiting_for(request.user, now),
        "states": STATES,
        "state": state,
        "is_decided": state == DECIDED,
        "faulty": faulty,
        "note": note,
        "fault": fault,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "participants/data_request_list.html", context, status=status)
