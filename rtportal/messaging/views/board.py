"""The delivery board of the office, and what officials do with one message."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.messaging.board import board_of, zone_of
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.retry_message import retry_message
from rtportal.messaging.use_cases.withdraw_message import withdraw_message
from rtportal.web.access import fetch, require, require_anywhere

# What the form says → what is done, and the sentence after it.
STEPS = {
    "ulang": "Pesan dicoba lagi.",
    "lanjut": "Pesan diteruskan lewat saluran berikutnya.",
    "tarik": "Pesan ditarik dan tidak akan dikirim.",
}


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.VIEW)
    now = clock.now()
    zone = zone_of(scope_of(request.user).areas)
    found = board_of(Message.objects.visible_to(request.user), zone=zone, now=now)
    template = "messaging/_board.html" if request.htmx else "messaging/board.html"
    context = {"board": found, "now": now, "may_see_tasks": scope_of(request.user).may_anywhere(Right.ANSWER_FOR)}
    return render(request, template, context)


@require_POST
def message_act(request: HttpRequest, pk: int) -> HttpResponse:
    message = fetch(request, Message.objects, pk=pk)
    require(request, Right.SCHEDULE, message.region_code)
    step, now = request.POST.get("tindakan", ""), clock.now()
    if step not in STEPS:
        notices.error(request, "Pilih “Coba lagi”, “Teruskan”, atau “Tarik”.")
        return redirect(_back(request, pk))
    try:
        if step == "tarik":
            withdraw_message(message=message, by=request.user, now=now)
        else:
            retry_message(message=message, over="same" if step == "ulang" else "next", by=request.user, now=now)
    except InputError as refusal:
        notices.error(request, refusal.sentence)
    else:
        notices.success(request, STEPS[step])
    return redirect(_back(request, pk))


def _back(request: HttpRequest, pk: int) -> str:
    """The page of ours on which the button stood, else the message's own."""
    asked = request.POST.get("kembali", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("messaging:message_detail", args=[pk])
