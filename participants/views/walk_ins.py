"""Guests without an invitation: who they are, found in the list of heads."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.models import WalkIn
from participants.queries.door_tab import door_tab
from participants.queries.walk_ins import MOST_CANDIDATES, candidates_for, guests_of
from participants.queries.wave_pages import wave_page
from participants.use_cases.drop_walk_in import drop_walk_in
from participants.use_cases.match_walk_in import match_walk_in
from participants.use_cases.unmatch_walk_in import unmatch_walk_in
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.web.access import require
from rtportal.web.paging import page_of
from rtportal.web.search import search_text


@require_safe
def walk_in_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "kehadiran")
    wave = context["wave"]
    require(request, Right.MARK_ATTENDANCE, wave.program.region_id)
    context |= {"page": page_of(request, guests_of(wave)), **door_tab(wave)}
    return render(request, "participants/walk_in_list.html", context)


@require_safe
def walk_in_detail(request: HttpRequest, pk: int) -> HttpResponse:
    guest = _guest(request, pk)
    words, candidates = candidates_for(guest, search_text(request))
    context = {
        "guest": guest,
        "wave": guest.wave,
        "search": words,
        "candidates": candidates,
        "is_cut": len(candidates) == MOST_CANDIDATES,
    }
    return render(request, "participants/walk_in_detail.html", context)


@require_POST
def walk_in_match(request: HttpRequest, pk: int) -> HttpResponse:
    guest = _guest(request, pk)
    try:
        head_id = parse_key(request.POST.get("ketua", "")) or 0
        enrolment = match_walk_in(walk_in_id=pk, head_id=head_id, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("participants:walk_in_detail", pk)
    messages.success(request, f"{guest.name} adalah {enrolment.head}, dan tercatat hadir.")
    return redirect("participants:walk_in_list", guest.wave_id)


@require_POST
def walk_in_unmatch(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, unmatch_walk_in, "kembali menjadi tamu yang belum dicocokkan.")


@require_POST
def walk_in_drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, drop_walk_in, "dicoret dari daftar tamu.")


def _act(request: HttpRequest, pk: int, use_case: Callable[..., bool], done: str) -> HttpResponse:
    guest = _guest(request, pk)
    try:
        if use_case(walk_in_id=pk, actor=request.user, now=clock.now()):
            messages.success(request, f"{guest.name} {done}")
        else:
            messages.info(request, f"Tidak ada yang berubah: {guest.name} {done}")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("participants:walk_in_list", guest.wave_id)


def _guest(request: HttpRequest, pk: int) -> WalkIn:
    """404 for a wave out of sight, 403 without the right."""
    rows = WalkIn.objects.select_related("wave__program__region", "wave__venue", "enrolment__head__rt", "village")
    guest = get_object_or_404(rows, pk=pk, wave__in=Wave.objects.visible_to(request.user))
    require(request, Right.MARK_ATTENDANCE, guest.wave.program.region_id)
    return guest
