"""The list of speakers and what is known of one."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.regions.codes import REGENCY
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text
from sessions import queries
from sessions.forms.speakers import SpeakerForm
from sessions.models import Speaker
from sessions.use_cases.save_speaker import save_speaker


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.VIEW)
    search = search_text(request)
    page = page_of(request, queries.speakers(request.user, search=search, now=clock.now()))
    coming = queries.sessions_by_id([speaker.next_session_id for speaker in page if speaker.next_session_id])
    for speaker in page:
        speaker.next_session = coming.get(speaker.next_session_id)
    scope = scope_of(request.user)
    context = {
        "page": page,
        "search": search,
        "may_schedule": scope.may_anywhere(Right.SCHEDULE),
        "changeable": {speaker.region_id for speaker in page if scope.may(Right.SCHEDULE, speaker.region_id)},
    }
    return render(request, "training_sessions/speaker_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.SCHEDULE)
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_update(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = fetch(request, Speaker.objects, pk=pk)
    require(request, Right.SCHEDULE, speaker.region_id)
    return _edit(request, speaker)


def _edit(request: HttpRequest, speaker: Speaker | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    regions = _regions_to_choose(request) if speaker is None else None
    form = SpeakerForm(data, regions=regions, initial=vars(speaker) if speaker else None)
    if data is not None and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "region"}
        code = speaker.region_id if speaker else form.cleaned_data["region"].code
        try:
            saved = save_speaker(speaker=speaker, region_code=code, **fields, actor=request.user, now=clock.now())
        except InputError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Narasumber {saved.title} disimpan.")
            return redirect("training_sessions:speaker_list")
    name = "speaker_update" if speaker else "speaker_create"
    return render(request, f"training_sessions/{name}.html", {"form": form, "speaker": speaker})


def _regions_to_choose(request: HttpRequest) -> QuerySet[Region]:
    """Where the user schedules: those regions, and the kabupaten/kota inside a province."""
    areas = scope_of(request.user).areas_with(Right.SCHEDULE)
    return Region.objects.within(areas).filter(Q(level__lte=REGENCY) | Q(code__in=areas))
