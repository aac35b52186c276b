"""Printed letters: how many are to be printed, on paper and handed out; ticking off who has got theirs."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.queries.letters import (
    added_up,
    areas_of,
    letters_in,
    letters_of_village,
    villages_with_letters,
    wave_with_letters,
    waves_with_letters,
)
from programs.models import Wave
from rtportal.accounts.scope import Right, scope_of
from rtportal.documents.queries import files_for
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.close_tasks import close_tasks
from rtportal.regions.codes import is_within
from rtportal.regions.models import Region
from rtportal.web.access import require, require_anywhere
from rtportal.web.paging import page_of

HANDED_OUT, NOT_MET = "diserahkan", "tidak-sampai"
_NOBODY = "Centang dahulu nama yang suratnya sudah diserahkan atau tidak sampai."
_MEANWHILE = "Surat itu sudah ditandai petugas lain, belum dicetak, atau ditarik, jadi tidak ada yang diubah."
_SHOWN_FILES = 10


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.ANSWER_FOR)
    return render(
        request, "participants/letter_list.html", {"page": page_of(request, waves_with_letters(request.user))}
    )


@require_safe
def letter_wave(request: HttpRequest, pk: int) -> HttpResponse:
    wave = _wave(request, pk)
    villages = villages_with_letters(request.user, wave)
    files = files_for(request.user).filter(export="surat", subject=wave.group)
    context = {
        "wave": wave,
        "page": page_of(request, villages),
        "total": added_up(villages, wave),
        # One file for everything, where all of it lies in one region of the user's.
        "areas": Region.objects.filter(pk__in=areas_of(request.user)).order_by("code"),
        "files": files[:_SHOWN_FILES],
    }
    return render(request, "participants/letter_wave.html", context)


@require_safe
def letter_village(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    wave, village = _wave(request, pk), _village(request, code)
    letters = letters_of_village(wave, village)
    context = {
        "wave": wave,
        "village": village,
        "page": page_of(request, letters),
        "counts": {name: sum(letter.standing == name for letter in letters) for name in ("to_print", "printed")},
        "outdated": [letter for letter in letters if letter.is_outdated],
        "dropped_on_paper": [letter for letter in letters if letter.standing == "dropped" and letter.started_at],
    }
    return render(request, "participants/letter_village.html", context)


@require_POST
def letter_close(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    wave, village = _wave(request, pk), _village(request, code)
    here = redirect("participants:letter_village", wave.pk, village.code)
    on_paper = letters_in(wave, [village.code]).filter(state=Message.State.TASK, started_at__isnull=False)
    if request.POST.get("semua") != "1":
        keys = [key for key in map(parse_key, request.POST.getlist("surat")) if key]
        if not keys:
            notices.error(request, _NOBODY)
            return here
        on_paper = on_paper.filter(pk__in=keys[:1_000])
    is_handed_out = request.POST.get("hasil") == HANDED_OUT
    if not is_handed_out and request.POST.get("hasil") != NOT_MET:
        notices.error(request, "Pilih “Sudah diserahkan” atau “Tidak sampai”.")
        return here
    closed = close_tasks(
        messages=on_paper,
        outcome="told" if is_handed_out else "failed",
        by=request.user,
        now=clock.now(),
        detail="Surat diserahkan." if is_handed_out else _reason(request),
    )
    if not closed:
        notices.error(request, _MEANWHILE)
    elif is_handed_out:
        notices.success(request, f"{thousands(len(closed))} surat ditandai sudah diserahkan.")
    else:
        notices.success(
            request,
            f"{thousands(len(closed))} surat ditandai tidak sampai; yang masih mempunyai saluran lain diteruskan.",
        )
    return here


def _reason(request: HttpRequest) -> str:
    words = " ".join(request.POST.get("alasan", "").replace("\0", " ").split())[:200]
    return f"Surat tidak sampai: {words}" if words else "Surat tidak sampai."


def _wave(request: HttpRequest, pk: int) -> Wave:
    """A wave in the scope of somebody who hands out letters somewhere; else 404 or 403."""
    wave = wave_with_letters(request.user, pk)
    require_anywhere(request, Right.ANSWER_FOR)
    return wave


def _village(request: HttpRequest, code: str) -> Region:
    if not any(is_within(code, area) for area in scope_of(request.user).areas):
        raise Http404("not in scope")
    require(request, Right.ANSWER_FOR, code)
    return get_object_or_404(Region.objects.villages().select_related("parent"), code=storable(code))
