"""The agenda of a wave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.queries.wave_pages import wave_page
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.web.access import fetch, require
from sessions import queries
from sessions.rules import conflicts
from sessions.use_cases.copy_agenda import copy_agenda

# More waves than this in one list help nobody; siblings and the newest come first.
COPY_CHOICES = 30


@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    page = wave_page(request.user, pk, "agenda")
    items = queries.agenda(pk)
    found = conflicts(page["wave"])
    can_copy = page["may"]["schedule"] and not items
    page |= {
        "items": items,
        "conflicts": found,
        "clashing": {session for conflict in found if not conflict.is_warning for session in conflict.session_ids},
        "doubtful": {session for conflict in found if conflict.is_warning for session in conflict.session_ids},
        "sources": queries.waves_to_copy_from(page["wave"], request.user)[:COPY_CHOICES] if can_copy else [],
    }
    return render(request, "training_sessions/agenda.html", page)


@require_POST
def agenda_copy(request: HttpRequest, pk: int) -> HttpResponse:
    waves = Wave.objects.select_related("program__region")
    wave = fetch(request, waves, pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    chosen = parse_key(request.POST.get("dari", ""))
    if chosen is None:
        messages.error(request, "Pilih gelombang yang agendanya akan disalin.")
        return redirect("training_sessions:agenda", pk)
    source = get_object_or_404(queries.waves_to_copy_from(wave, request.user), pk=chosen)
    try:
        copied = copy_agenda(from_wave=source, to_wave=wave, actor=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{thousands(copied)} sesi disalin dari {source.title}. Periksa waktu dan ruangnya.")
    return redirect("training_sessions:agenda", pk)
