"""Copying agendas: from another wave into an empty one, and from one to many."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from sessions import queries
from sessions.queries.agenda_hindrances import agenda_hindrances
from sessions.use_cases.copy_agenda import Copied, copy_agenda
from sessions.views.to_change import wave_to_change


@require_POST
def agenda_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Into this wave, from the one in `dari`."""
    wave = wave_to_change(request, pk)
    chosen = parse_key(request.POST.get("dari", ""))
    if chosen is None:
        messages.error(request, "Pilih gelombang yang agendanya akan disalin.")
        return redirect("training_sessions:agenda", pk)
    source = get_object_or_404(queries.waves_to_copy_from(wave, request.user), pk=chosen)
    try:
        copied = copy_agenda(from_wave=source, to_waves=[wave], actor=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        size = thousands(copied.sessions)
        messages.success(request, f"{size} sesi disalin dari {source.title}. Periksa waktu dan ruangnya.")
    return redirect("training_sessions:agenda", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_copy_to(request: HttpRequest, pk: int) -> HttpResponse:
    """From this wave, to those in `ke`; `ganti` are those whose agenda may go."""
    wave = wave_to_change(request, pk)
    targets = list(queries.waves_to_copy_to(wave, request.user))
    chosen, replaced = (_keys(request, name) for name in ("ke", "ganti"))
    refusal = None
    if request.method == "POST":
        try:
            copied = copy_agenda(
                from_wave=wave,
                to_waves=[target for target in targets if target.pk in chosen],
                replace=replaced,
                actor=request.user,
                now=clock.now(),
            )
        except InputError as error:
            refusal = error
        else:
            _say_copied(request, copied)
            return redirect("training_sessions:agenda", pk)
    page = {
        "wave": wave,
        "targets": targets,
        "kept": agenda_hindrances(targets, replace=[target.pk for target in targets]),
        "chosen": chosen,
        "replaced": replaced,
        "refusal": refusal,
        "sessions": wave.training_sessions.count(),
    }
    return render(request, "training_sessions/agenda_copy_to.html", page)


def _keys(request: HttpRequest, name: str) -> set[int]:
    typed = (parse_key(text) for text in request.POST.getlist(name))
    return {key for key in typed if key is not None}


def _say_copied(request: HttpRequest, copied: Copied) -> None:
    names = ", ".join(wave.title for wave in copied.waves)
    messages.success(
        request,
        f"{thousands(copied.sessions)} sesi disalin ke {names}. Narasumber tercantum sebagai diundang pada hari yang"
        " baru; tanyakan lagi kesediaannya.",
    )
    for sentence in copied.left_out:
        messages.warning(request, sentence)
