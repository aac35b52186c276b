"""Deciding about a substitute, on the participant's page or on the list of answers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from participants.models import Enrolment
from participants.queries.enrolment_page import enrolments_with_wave
from participants.substitutes import may_decide
from participants.use_cases._substitutes import SubstituteRefused
from participants.use_cases.decide_substitute import decide_substitute
from participants.use_cases.record_substitute_letter import record_substitute_letter
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.web.access import fetch, require

APPROVE, REFUSE = "setuju", "tolak"


@require_POST
def substitute_decide(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = _fetch(request, pk)
    if not may_decide(request.user, enrolment):
        raise PermissionDenied
    if (decision := request.POST.get("putusan")) not in {APPROVE, REFUSE}:
        messages.error(request, "Pilih Setujui atau Tolak.")
        return _back(request, enrolment)
    is_approved = decision == APPROVE
    note = request.POST.get("alasan", "")
    said = (
        f"Wakil {enrolment.head} disetujui."
        if is_approved
        else f"Wakil {enrolment.head} ditolak; ia diminta menjawab lagi."
    )
    return _act(request, enrolment, said, decide_substitute, is_approved=is_approved, note=note)


@require_POST
def substitute_letter(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = _fetch(request, pk)
    is_received = request.POST.get("surat") == "ada"
    said = f"Surat tugas wakil {enrolment.head} {'diterima' if is_received else 'ditandai belum ada'}."
    return _act(request, enrolment, said, record_substitute_letter, is_received=is_received)


def _fetch(request: HttpRequest, pk: int) -> Enrolment:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.ANSWER_FOR, enrolment.village_id)
    return enrolment


def _act(request: HttpRequest, enrolment: Enrolment, said: str, step: Callable[..., None], **wishes) -> HttpResponse:
    """The step about the substitute who was shown."""
    key = request.POST.get("wakil", "").replace("\0", "")
    try:
        step(enrolment=enrolment, key=key, by=request.user, now=clock.now(), **wishes)
    except SubstituteRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return _back(request, enrolment)


def _back(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """To where the button stood."""
    asked = request.POST.get("kembali", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return redirect(asked)
    return redirect(reverse("participants:enrolment_detail", args=[enrolment.pk]))
