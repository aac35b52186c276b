"""The Undangan tab of a wave: open the invitations and watch them go out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.models import Enrolment
from participants.queries.reach import reach_of
from participants.queries.wave_pages import current_heads, wave_page
from participants.queries.wave_progress import correction_progress, invitation_progress, to_tell_another_way
from participants.use_cases.invite_participants import invite_participants
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.held import held_count
from rtportal.web.access import require
from rtportal.web.paging import page_of


@require_safe
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Before opening: whom it will reach. Afterwards: progress, which htmx asks for again by itself."""
    context = wave_page(request.user, pk, "undangan")
    wave = context["wave"]
    progress, corrections = invitation_progress(wave, request.user), correction_progress(wave, request.user)
    context |= {
        "progress": progress,
        "corrections": corrections,
        "is_moving": progress.is_moving or any(line.queued for line in corrections),
        "now": clock.now(),
    }
    if request.htmx:
        return render(request, "participants/_invitation_progress.html", context)
    newcomers = current_heads(wave).visible_to(request.user).exclude(enrolments__wave=wave)
    otherwise = to_tell_another_way(Enrolment.objects.filter(wave=wave).visible_to(request.user))
    otherwise = otherwise.select_related("head__rt", "village__parent")
    context |= {
        "held": held_count(wave.group, request.user, now=context["now"]),
        "reach": reach_of(newcomers, wave.program),
        "reminders": wave.reminders.select_related("rule"),
        "page": page_of(request, otherwise.order_by("village_id", "head__rt__rw", "head__rt__number")),
    }
    return render(request, "participants/invitations.html", context)


@require_POST
def invitations_open(request: HttpRequest, pk: int) -> HttpResponse:
    wave = wave_page(request.user, pk, "undangan")["wave"]
    require(request, Right.SCHEDULE, wave.program.region_id)
    try:
        invited = invite_participants(wave_id=wave.pk, by=request.user, now=clock.now())
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
