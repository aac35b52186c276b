"""Messages of a wave that wait for the sending hours are sent all the same."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.messaging.use_cases.send_urgently import send_urgently
from rtportal.web.access import fetch, require
from rtportal.web.step_up import fresh_proof_required


@fresh_proof_required
@require_POST
def held_send(request: HttpRequest, pk: int) -> HttpResponse:
    wave = fetch(request, Wave.objects.select_related("program"), pk=pk)
    region_code, reason = wave.program.region_id, request.POST.get("alasan", "")
    require(request, Right.SCHEDULE, region_code)
    try:
        count = send_urgently(
            group=wave.group, region_code=region_code, reason=reason, by=request.user, now=clock.now()
        )
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{thousands(count)} pesan mendesak sedang dikirim.")
    return redirect("participants:invitations", wave.pk)
