"""The devices on which one is signed in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rtportal.lib import clock
from rtportal.trust.device_sessions import devices_of, end_sessions
from rtportal.trust.sign_in_notes import note


@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    devices = devices_of(request.user, current=request.session.session_key, now=clock.now())
    hours = settings.SESSION_COOKIE_AGE // 3600
    return render(request, "trust/device_list.html", {"devices": devices, "hours": hours})


@require_POST
def device_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one other device out; one's own is left by signing out."""
    if not end_sessions(request.user, only=pk, keep=request.session.session_key or ""):
        raise Http404
    note("session.ended", f"{request.user} mengeluarkan satu perangkat.", request.user)
    messages.success(request, "Perangkat itu sudah dikeluarkan.")
    return redirect("usersessions_list")


@require_POST
def device_end_others(request: HttpRequest) -> HttpResponse:
    ended = end_sessions(request.user, keep=request.session.session_key or "")
    if ended:
        note("session.ended", f"{request.user} mengeluarkan {ended} perangkat lain.", request.user)
    messages.success(request, f"{ended} perangkat lain sudah dikeluarkan.")
    return redirect("usersessions_list")
