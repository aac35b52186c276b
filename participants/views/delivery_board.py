"""The delivery board of one wave, with the people whom nothing reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.deliveries import messages_of, need_a_human
from participants.queries.wave_pages import wave_page
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.messaging.board import board_of
from rtportal.messaging.held import held_count
from rtportal.messaging.queries import described
from rtportal.web.paging import page_of


@require_safe
def delivery_board(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "undangan")
    wave, now = context["wave"], clock.now()
    found = board_of(messages_of(wave, request.user), zone=wave.zone, now=now)
    context |= {"board": found, "now": now, "is_of_wave": True}
    if request.htmx:
        return render(request, "messaging/_board.html", context)
    page = page_of(request, need_a_human(wave, request.user))
    context |= {
        "held": held_count(wave.group, request.user, now=now),
        "page": page,
        "rows": described(page),
        "may_answer_for": scope_of(request.user).may_anywhere(Right.ANSWER_FOR),
    }
    return render(request, "participants/delivery_board.html", context)
