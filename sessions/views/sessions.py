"""Adding, changing and deleting a session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require
from sessions.forms.sessions import SessionForm, part_forms
from sessions.models import TrainingSession
from sessions.rules import conflicts
from sessions.use_cases.delete_session import delete_session
from sessions.use_cases.save_session import save_session


@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: HttpRequest, pk: int) -> HttpResponse:
    wave = fetch(request, Wave.objects.select_related("program__region", "venue"), pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    return _edit(request, wave, None)


@require_http_methods(["GET", "HEAD", "POST"])
def session_update(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session_to_change(request, pk)
    return _edit(request, session.wave, session)


@require_http_methods(["GET", "HEAD", "POST"])
def session_delete(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session_to_change(request, pk)
    if request.method == "POST":
        try:
            delete_session(session=session, actor=request.user, now=clock.now())
        except InputError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"Sesi “{session.title}” dihapus dari agenda.")
        return redirect("training_sessions:agenda", session.wave_id)
    page = {
        "session": session,
        "wave": session.wave,
        "present": session.attendances.count(),
        "speakers": session.session_speakers.count(),
    }
    return render(request, "training_sessions/session_delete.html", page)


def _session_to_change(request: HttpRequest, pk: int) -> TrainingSession:
    rows = TrainingSession.objects.select_related("wave__program__region", "wave__venue")
    session = fetch(request, rows, pk=pk)
    require(request, Right.SCHEDULE, session.wave.program.region_id)
    return session


def _edit(request: HttpRequest, wave: Wave, session: TrainingSession | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, wave=wave, session=session)
    parts = part_forms(data, wave=wave, session=session)
    # Both are asked, so that every mistake is shown at once.
    if data is not None and all([form.is_valid(), parts.is_valid()]):
        fields = {name: form.cleaned_data[name] for name in ("kind", "title", "starts_at", "ends_at", "room", "note")}
        try:
            saved = save_session(
                wave=wave, session=session, **fields, parts=parts.parts, actor=request.user, now=clock.now()
            )
        except InputError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            _say_saved(request, wave, saved)
            return redirect("training_sessions:agenda", wave.pk)
    page = {"form": form, "parts": parts, "wave": wave, "session": session}
    name = "session_update" if session else "session_create"
    return render(request, f"training_sessions/{name}.html", page)


def _say_saved(request: HttpRequest, wave: Wave, saved: TrainingSession) -> None:
    messages.success(request, f"Sesi “{saved.title}” disimpan.")
    if any(saved.pk in conflict.session_ids for conflict in conflicts(wave)):
        messages.warning(request, "Periksa kembali sesi ini: lihat hal yang bentrok di atas agenda.")
