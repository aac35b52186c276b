"""Adding, changing and deleting a session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from participants.queries.clashes import clashes_of
from programs.errors import StaleEdit
from programs.forms.base import VersionForm
from programs.models import Wave
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from sessions.forms.sessions import SessionForm, part_forms
from sessions.models import TrainingSession
from sessions.use_cases.delete_session import delete_session
from sessions.use_cases.save_session import save_session
from sessions.views.to_change import session_to_change, wave_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, wave_to_change(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def session_update(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_to_change(request, pk)
    return _edit(request, session.wave, session)


@require_http_methods(["GET", "HEAD", "POST"])
def session_delete(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_to_change(request, pk)
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": session.version})
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            delete_session(session=session, version=version, actor=request.user, now=clock.now())
        except StaleEdit as stale:
            form.refuse(stale)
        except InputError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("training_sessions:agenda", session.wave_id)
        else:
            messages.success(request, f"Sesi “{session.title}” dihapus dari agenda.")
            return redirect("training_sessions:agenda", session.wave_id)
    page = {
        "form": form,
        "session": session,
        "wave": session.wave,
        "present": session.attendances.count(),
        "papers": session.materials.count(),
        "speakers": session.session_speakers.count(),
    }
    return render(request, "training_sessions/session_delete.html", page)


def _edit(request: HttpRequest, wave: Wave, session: TrainingSession | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, wave=wave, session=session, others=wave.training_sessions.all(), begin=request.GET)
    parts = part_forms(data, wave=wave, session=session)
    # Both are asked, so that every mistake is shown at once.
    if data is not None and all([form.is_valid(), parts.is_valid()]):
        fields = form.fields_of_session
        try:
            saved = save_session(
                wave=wave, session=session, **fields, parts=parts.parts, actor=request.user, now=clock.now()
            )
        except InputError as refusal:
            form.refuse(refusal)
            if form.stale:
                parts.see(dict(session.session_speakers.values_list("speaker", "status")))
        else:
            _say_saved(request, wave, saved)
            return redirect("training_sessions:agenda", wave.pk)
    page = {"form": form, "parts": parts, "wave": wave, "session": session, "zone": wave.zone}
    name = "session_update" if session else "session_create"
    return render(request, f"training_sessions/{name}.html", page)


def _say_saved(request: HttpRequest, wave: Wave, saved: TrainingSession) -> None:
    messages.success(request, f"Sesi “{saved.title}” disimpan.")
    if any(saved.pk in clash.session_ids for clash in clashes_of(wave)):
        messages.warning(request, "Periksa kembali sesi ini: lihat hal yang bentrok di atas agenda.")
