"""The Undangan tab of a wave: rehearse, send the invitations, and watch where everybody stands."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.queries.pouring import not_invited_yet
from participants.queries.reach_plan import reach_plan
from participants.queries.rehearsal import rehearsal_of
from participants.queries.wave_pages import wave_page
from participants.queries.wave_progress import correction_progress
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.held import held_count
from rtportal.web.access import require
from rtportal.web.step_up import fresh_proof_required


@require_safe
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Before opening, and for newcomers: the rehearsal. Afterwards: the plan, which htmx asks for again by itself."""
    context = wave_page(request.user, pk, "undangan")
    wave, now = context["wave"], clock.now()
    plan, corrections = reach_plan(wave, request.user), correction_progress(wave, request.user)
    context |= {
        "plan": plan,
        "corrections": corrections,
        "is_moving": plan.is_moving or any(line.queued for line in corrections),
        "may_answer_for": scope_of(request.user).may_anywhere(Right.ANSWER_FOR),
        "now": now,
    }
    if request.htmx:
        return render(request, "participants/_reach_plan.html", context)
    context |= {
        "newcomers": not_invited_yet(wave).visible_to(request.user).count(),
        "rehearsal": rehearsal_of(wave, now=now) if context["may"]["schedule"] and _may_open(wave, now) else None,
        "held": held_count(wave.group, request.user, now=now),
        "reminders": wave.reminders.select_related("rule"),
    }
    return render(request, "participants/invitations.html", context)


@fresh_proof_required
@require_POST
def invitations_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The button under the rehearsal, which names in `gladi` what was shown."""
    wave = wave_page(request.user, pk, "undangan")["wave"]
    require(request, Right.SCHEDULE, wave.program.region_id)
    seen = request.POST.get("gladi", "")
    try:
        invited = invite_participants(wave_id=wave.pk, by=request.user, now=clock.now(), seen=seen)
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        if invited.new:
            messages.success(request, f"{thousands(invited.new)} ketua RT diundang. Pesan sedang dikirim.")
        else:
            messages.info(
                request, "Semua ketua RT di wilayah gelombang ini sudah diundang. Tidak ada yang dikirim lagi."
            )
    return redirect("participants:invitations", wave.pk)


def _may_open(wave: Wave, now: datetime) -> bool:
    return not wave.is_cancelled and not wave.is_draft and now < wave.starts_at
