"""The speakers of one wave: who comes, who was told, who steps in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.queries.wave_pages import wave_page
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.web.access import require
from sessions.models import SessionSpeaker
from sessions.queries.speaker_pages import session_lines, speaker_lines, waiting_to_be_invited
from sessions.use_cases.invite_speakers import SpeakersInvited, invite_speakers
from sessions.use_cases.promote_standby import promote_standby
from sessions.use_cases.set_speaker_status import set_speaker_status


@require_safe
def wave_speakers(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "agenda")
    wave, may_schedule = context["wave"], context["may"]["schedule"]
    speakers = speaker_lines(wave, shows_links=may_schedule)
    waiting = waiting_to_be_invited(wave, speakers, clock.now())
    context |= {
        "sessions": session_lines(wave),
        "speakers": speakers,
        "waiting": waiting,
        "stranded": sum(line.is_invited and not line.is_reachable for line in speakers),
        "unreachable": sum(not line.is_reachable for line in waiting),
    }
    return render(request, "training_sessions/wave_speakers.html", context)


@require_POST
def speakers_invite(request: HttpRequest, pk: int) -> HttpResponse:
    wave = get_object_or_404(Wave.objects.visible_to(request.user).select_related("program"), pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    try:
        invited = invite_speakers(wave=wave, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _words(invited))
    return redirect("training_sessions:wave_speakers", wave.pk)


@require_POST
def speaker_status_set(request: HttpRequest, pk: int) -> HttpResponse:
    part = _part_to_change(request, pk)
    typed = {name: request.POST.get(name, "") for name in ("status", "reason")}
    try:
        row = set_speaker_status(part=part, **typed, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{row.speaker}: {row.get_status_display()} pada sesi “{row.session.title}”.")
    return _back(request, part)


@require_POST
def standby_promote(request: HttpRequest, pk: int) -> HttpResponse:
    part = _part_to_change(request, pk)
    try:
        row = promote_standby(part=part, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{row.speaker} menjadi narasumber utama sesi “{row.session.title}”.")
    return _back(request, part)


def _part_to_change(request: HttpRequest, pk: int) -> SessionSpeaker:
    rows = SessionSpeaker.objects.filter(session__wave__in=Wave.objects.visible_to(request.user).values("pk"))
    part = get_object_or_404(rows.select_related("session__wave__program"), pk=pk)
    require(request, Right.SCHEDULE, part.session.wave.program.region_id)
    return part


def _back(request: HttpRequest, part: SessionSpeaker) -> HttpResponse:
    """To the page on which the button stood."""
    if request.POST.get("dari") == "narasumber":
        return redirect("training_sessions:speaker_detail", part.speaker_id)
    page = redirect("training_sessions:wave_speakers", part.session.wave_id)
    page["Location"] += f"#sesi-{part.session_id}"
    return page


def _words(invited: SpeakersInvited) -> str:
    if invited.new and not invited.told:
        return (
            f"Tautan pribadi {thousands(invited.new)} narasumber sudah dibuat. Belum ada pesan yang dikirim: "
            "salin tautannya dari tabel, lalu kirimkan sendiri."
        )
    words = f"{thousands(invited.new)} narasumber diundang, {thousands(invited.told)} pesan sedang dikirim."
    if invited.unreachable:
        words += f" {thousands(invited.unreachable)} orang belum dapat dihubungi: kirimkan tautannya sendiri."
    return words
