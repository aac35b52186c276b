"""The personal page of a speaker. Looking changes nothing; answering and handing in are POSTs."""

from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtportal.lib import clock, ics, links
from rtportal.lib.errors import InputError
from rtportal.lib.file_types import ACCEPTED
from rtportal.lib.keys import parse_key
from rtportal.web.uploads import is_upload_too_large, too_large_sentence
from sessions.forms.materials import ACCEPT
from sessions.models import Material, SessionSpeaker, Speaker, TrainingSession
from sessions.queries.speaker_page import calendar_events, speaker_of_link, waves_shown
from sessions.use_cases.answer_as_speaker import answer_as_speaker
from sessions.use_cases.delete_material import delete_material
from sessions.use_cases.upload_material import upload_material

_GONE = "Berkas ini sudah tidak ada."


@dataclass(frozen=True)
class Fault:
    """What was refused: at which session, in which part of it (`answer`, `material`), and what was typed."""

    session_id: int | None
    part: str
    sentence: str
    typed: dict = field(default_factory=dict)


# The link that nobody can guess is the credential. The page reads and sets no cookie, so there is no session on which
# another site could ride, and answering works in a browser that refuses cookies.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def speaker_page(request: HttpRequest, token: str) -> HttpResponse:
    speaker = _speaker(token)
    if speaker is None:
        return _unknown()
    if request.method != "POST":
        return _page(speaker, token)
    session_id = parse_key(request.POST.get("session", ""))
    typed = {name: request.POST.get(name, "") for name in ("status", "reason")}
    try:
        answer_as_speaker(speaker=speaker, session_id=session_id or 0, **typed, now=clock.now())
    except InputError as refusal:
        return _page(speaker, token, Fault(session_id, "answer", refusal.sentence, typed))
    return _back(token, session_id)


@csrf_exempt
@login_not_required
@require_POST
def speaker_material_add(request: HttpRequest, token: str) -> HttpResponse:
    speaker = _speaker(token)
    if speaker is None:
        return _unknown()
    session_id = parse_key(request.POST.get("session", ""))
    upload = request.FILES.get("upload")
    session = TrainingSession.objects.filter(pk=session_id).first() if session_id else None
    try:
        if is_upload_too_large(request):
            raise InputError(too_large_sentence())
        if upload is None:
            raise InputError("Pilih berkasnya dahulu.")
        if session is None or session_id not in _session_ids(speaker):
            raise InputError("Sesi ini tidak (lagi) ada dalam jadwal Bapak/Ibu.")
        upload_material(
            session=session, name=upload.name, content=upload, size=upload.size, speaker=speaker, now=clock.now()
        )
    except InputError as refusal:
        return _page(speaker, token, Fault(session_id, "material", refusal.sentence))
    return _back(token, session_id)


@csrf_exempt
@login_not_required
@require_POST
def speaker_material_delete(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    speaker = _speaker(token)
    if speaker is None:
        return _unknown()
    material = Material.objects.filter(pk=pk, speaker=speaker).first()
    if material is None:
        return _page(speaker, token, Fault(None, "", _GONE))
    delete_material(material=material, speaker=speaker, now=clock.now())
    return _back(token, material.session_id)


@login_not_required
@require_safe
def speaker_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions as a file that calendar programs take once or ask for again and again."""
    speaker = _speaker(token)
    if speaker is None:
        return _unknown()
    events = calendar_events(waves_shown(speaker, clock.now()), speaker)
    response = HttpResponse(ics.calendar_bytes(f"Narasumber: {speaker}", events), content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="jadwal-narasumber.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _speaker(token: str) -> Speaker | None:
    return speaker_of_link(links.hash_token(token)) if links.looks_like_token(token) else None


def _session_ids(speaker: Speaker) -> set[int]:
    """Sessions for which a file may come: those of the published schedule that are not cancelled."""
    waves = waves_shown(speaker, clock.now())
    return {one.own.session_id for each in waves if not each.wave.is_cancelled for one in each.sessions}


def _page(speaker: Speaker, token: str, fault: Fault | None = None) -> HttpResponse:
    waves = waves_shown(speaker, clock.now())
    offices = list({each.wave.program.office_id: each.wave.program.office for each in waves}.values())
    shown = {one.own.session_id for each in waves for one in each.sessions}
    context = {
        "speaker": speaker,
        "waves": waves,
        "offices": offices,
        "token": token,
        "fault": fault,
        "is_fault_shown": bool(fault and fault.session_id in shown),
        "status": SessionSpeaker.Status,
        "accept": ACCEPT,
        "accepted": ACCEPTED,
        "largest": settings.LARGEST_UPLOAD // 1024**2,
    }
    return _render("speaker_page", context, HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK)


def _unknown() -> HttpResponse:
    return _render("speaker_unknown", {}, HTTPStatus.NOT_FOUND)


def _back(token: str, session_id: int | None) -> HttpResponse:
    page = reverse("training_sessions:speaker_page", args=[token])
    return HttpResponseRedirect(f"{page}#sesi-{session_id}")


def _render(name: str, context: dict, status: int) -> HttpResponse:
    # Without the request there are no context processors, and so neither session nor user is touched.
    return HttpResponse(get_template(f"training_sessions/{name}.html").render(context), status=status)
