"""Publishing a wave's schedule, and the versions it was published in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.publishing import agenda_alone_changed
from participants.queries.wave_pages import wave_page
from participants.schedule_change import Acceptance, preview_change
from programs.errors import Refusal
from programs.models import WavePublication
from programs.rules import publishing_closed
from programs.use_cases.publish_schedule import publish_schedule
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.web.access import require
from rtportal.web.paging import page_of
from rtportal.web.step_up import fresh_proof_required

# Names of the form's fields, as on the preview of a changed wave.
_ACCEPTANCE, _ACKNOWLEDGED, _VERSION, _QUIET = "pratinjau", "setujui", "versi", "diam"


@fresh_proof_required(when=lambda request, pk: request.method == "POST")
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What publishing means for whom; what was ticked stays ticked when it is refused."""
    context = wave_page(request.user, pk, "terbitkan")
    wave = context["wave"]
    require(request, Right.SCHEDULE, wave.program.region_id)
    acknowledged, is_quiet = frozenset(request.POST.getlist(_ACKNOWLEDGED)), _QUIET in request.POST
    refusal = None
    if request.method == "POST":
        try:
            published = publish_schedule(
                wave=wave,
                version=parse_key(request.POST.get(_VERSION, "")) or 0,
                acceptance=Acceptance(request.POST.get(_ACCEPTANCE, ""), acknowledged),
                tells_participants=not is_quiet,
                actor=request.user,
                now=clock.now(),
            )
        except Refusal as error:
            refusal = error
            # Somebody else may have changed the wave: what stands below is how it is now.
            context = wave_page(request.user, pk, "terbitkan")
        else:
            messages.success(request, f"Jadwal {wave.title} diterbitkan sebagai versi {published.number}.")
            return redirect("participants:wave_detail", wave.pk)
    wave = context["wave"]
    preview = preview_change(wave, reminders_before={})
    context |= {
        "refusal": refusal,
        "preview": preview,
        "ticked": preview.known | acknowledged,
        "hindrance": publishing_closed(wave, clock.now()),
        "may_keep_quiet": agenda_alone_changed(wave),
        "is_quiet": is_quiet,
    }
    return render(request, "programs/schedule_publish.html", context)


@require_safe
def publication_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "terbitan")
    wave = context["wave"]
    require(request, Right.READ_HISTORY, wave.program.region_id)
    versions = WavePublication.objects.filter(wave=wave).select_related("published_by").defer("facts")
    return render(request, "programs/publication_list.html", context | {"page": page_of(request, versions)})
