"""Calling a wave off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from participants.corrections import impact
from participants.forms.cancelling import CancelForm
from participants.models import Reminder
from participants.queries.pouring import heads_by_district, targets_for
from participants.queries.wave_pages import wave_page
from participants.use_cases.cancel_wave import cancel_wave
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.web.access import require
from rtportal.web.step_up import fresh_proof_required
from sessions.models import SpeakerInvitation


@fresh_proof_required(when=lambda request, pk: request.method == "POST")
@require_http_methods(["GET", "HEAD", "POST"])
def wave_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """What it will mean in numbers, the reason, and where the heads go."""
    page = wave_page(request.user, pk, "ringkasan")
    wave, now = page["wave"], clock.now()
    require(request, Right.SCHEDULE, wave.program.region_id)
    if wave.is_cancelled:
        messages.info(request, "Gelombang ini sudah dibatalkan.")
        return redirect("participants:wave_detail", wave.pk)
    data = request.POST if request.method == "POST" else None
    choices = {"districts": heads_by_district(wave), "targets": targets_for(wave, now)}
    form = CancelForm(data, initial={"version": wave.version}, **choices)
    if form.is_bound and form.is_valid():
        wishes = {"reason": form.cleaned_data["reason"], "targets": form.chosen_targets()}
        try:
            done = cancel_wave(wave=wave, version=form.cleaned_data["version"], **wishes, actor=request.user, now=now)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                f"{wave.title} dibatalkan. {thousands(done.told)} orang dikabari, "
                f"{thousands(done.poured)} orang dialihkan ke gelombang lain.",
            )
            return redirect("participants:wave_detail", wave.pk)
    return render(request, "participants/wave_cancel.html", page | _numbers(wave) | {"form": form, **choices})


def _numbers(wave: Wave) -> dict:
    return {
        "impact": impact(wave),
        "reminder_count": wave.reminders.filter(state=Reminder.State.PENDING).count(),
        "speaker_count": SpeakerInvitation.objects.filter(wave=wave).count(),
    }
