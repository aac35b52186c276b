"""Which session of a wave a page about attendance shows."""

from datetime import datetime

from django.http import Http404, HttpRequest

from programs.models import Wave
from sessions.models import TrainingSession


def attendance_sessions(wave: Wave) -> list[TrainingSession]:
    """The wave's sessions in which people are marked present, in order; each knows the wave."""
    return [session for session in wave.training_sessions.all() if session.takes_attendance]


def asked_session(
    request: HttpRequest, sessions: list[TrainingSession], otherwise: TrainingSession | None
) -> TrainingSession:
    """The one that `?sesi=` asks for; 404 for one that is not there."""
    asked = request.GET.get("sesi", "")
    found = next((session for session in sessions if str(session.pk) == asked), None if asked else otherwise)
    if found is None:
        raise Http404
    return found


def current_session(sessions: list[TrainingSession], now: datetime) -> TrainingSession:
    """The session that runs or comes next, after the last one the last."""
    return next((session for session in sessions if session.ends_at > now), sessions[-1])
