"""The directory of speakers and what is known of one."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.errors import Refusal
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.regions.codes import REGENCY
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text
from sessions.forms.speakers import SpeakerForm
from sessions.models import Speaker
from sessions.queries.speaker_pages import links_of, materials_of_sessions, told_about
from sessions.queries.speaker_values import split_topics
from sessions.queries.speakers import coming_parts, institutions, sessions_of, speakers
from sessions.use_cases.reissue_speaker_link import reissue_speaker_link
from sessions.use_cases.save_speaker import save_speaker


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.VIEW)
    search, institution = search_text(request), search_text(request, "instansi")
    page = page_of(request, speakers(request.user, search=search, institution=institution))
    coming = coming_parts(page, request.user, clock.now())
    for speaker in page:
        speaker.coming = coming[speaker.pk]
        speaker.topic_list = split_topics(speaker.topics)
    context = {
        "page": page,
        "search": search,
        "institution": institution,
        "institutions": institutions(request.user),
        "may_schedule": scope_of(request.user).may_anywhere(Right.SCHEDULE),
    }
    return render(request, "training_sessions/speaker_list.html", context)


@require_safe
def speaker_detail(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = fetch(request, Speaker.objects.select_related("region"), pk=pk)
    scope = scope_of(request.user)
    may_change = scope.may(Right.SCHEDULE, speaker.region_id)
    page = page_of(request, sessions_of(speaker, request.user))
    materials = materials_of_sessions([part.session_id for part in page])
    for part in page:
        part.materials = materials.get(part.session_id, [])
        part.may_set = scope.may(Right.SCHEDULE, part.session.wave.program.region_id)
    context = {
        "speaker": speaker,
        "topics": split_topics(speaker.topics),
        "page": page,
        "told": told_about(speaker, request.user),
        "may_change": may_change,
        # Whoever has the link answers as the speaker.
        "links": links_of(speaker) if may_change else {},
        "now": clock.now(),
    }
    return render(request, "training_sessions/speaker_detail.html", context)


@require_POST
def speaker_link_reissue(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = fetch(request, Speaker.objects, pk=pk)
    require(request, Right.SCHEDULE, speaker.region_id)
    if reissue_speaker_link(speaker=speaker, by=request.user, now=clock.now()):
        messages.success(request, f"Tautan baru dikirim kepada {speaker}. Tautan lama tidak berlaku lagi.")
    else:
        messages.success(request, "Tautan baru sudah dibuat. Salin dari halaman ini, lalu kirimkan sendiri.")
    return redirect("training_sessions:speaker_detail", speaker.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.SCHEDULE)
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_update(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = fetch(request, Speaker.objects.select_related("region"), pk=pk)
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
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Narasumber {saved.title} disimpan.")
            return redirect("training_sessions:speaker_detail", saved.pk)
    name = "speaker_update" if speaker else "speaker_create"
    context = {"form": form, "speaker": speaker, "zone": speaker.region.time_zone if speaker else "WIB"}
    return render(request, f"training_sessions/{name}.html", context)


def _regions_to_choose(request: HttpRequest) -> QuerySet[Region]:
    """Where the user schedules: those regions, and the kabupaten/kota inside a province."""
    areas = scope_of(request.user).areas_with(Right.SCHEDULE)
    return Region.objects.within(areas).filter(Q(level__lte=REGENCY) | Q(code__in=areas))
