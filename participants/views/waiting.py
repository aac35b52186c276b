"""The waiting list of a wave."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.models import Enrolment, WaitingPlace
from participants.moving import MoveRefused, SeatsRefused, free_seats
from participants.queries.moves import waiting_for
from participants.queries.wave_pages import wave_page
from participants.use_cases.leave_waiting_list import leave_waiting_list
from participants.use_cases.promote_by_hand import promote_by_hand
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.web.access import require


@require_safe
def waiting_list(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "participants/waiting_list.html", _context(request, pk))


@require_POST
def waiting_promote(request: HttpRequest, pk: int) -> HttpResponse:
    place = _place(request, pk)
    accepted = parse_key(request.POST.get("kursi", "")) or 0
    try:
        promote_by_hand(place_id=pk, accepted_seats=accepted, actor=request.user, now=clock.now())
    except SeatsRefused as refusal:
        # The same person can be given the seat knowingly: the list comes back with that question.
        context = _context(request, place.wave_id)
        context |= {"refused": place, "refusal": refusal.sentence, "seats_needed": refusal.needed}
        return render(request, "participants/waiting_list.html", context, status=HTTPStatus.CONFLICT)
    except MoveRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{place.enrolment.head} mendapat kursi di {place.wave.title}.")
    return redirect("participants:waiting_list", place.wave_id)


@require_POST
def waiting_leave(request: HttpRequest, pk: int) -> HttpResponse:
    place = _place(request, pk)
    if leave_waiting_list(place_id=pk, actor=request.user, now=clock.now()):
        messages.success(request, f"{place.enrolment.head} tidak lagi menunggu {place.wave.title}.")
    else:
        messages.info(request, f"{place.enrolment.head} sudah tidak menunggu.")
    return redirect("participants:waiting_list", place.wave_id)


def _context(request: HttpRequest, pk: int) -> dict:
    context = wave_page(request.user, pk, "peserta")
    wave = context["wave"]
    return context | {"places": waiting_for(wave, request.user), "free": free_seats(wave)}


def _place(request: HttpRequest, pk: int) -> WaitingPlace:
    """404 for somebody out of sight, 403 without the right."""
    mine = Enrolment.objects.visible_to(request.user).order_by().values("pk")
    places = WaitingPlace.objects.select_related("enrolment__head__rt", "wave__program")
    place = get_object_or_404(places, pk=pk, enrolment__in=mine)
    require(request, Right.SCHEDULE, place.wave.program.region_id)
    return place
