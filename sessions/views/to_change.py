"""What the editing of agendas starts with: the wave or the session, for whoever may schedule there."""

from django.http import HttpRequest

from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.web.access import fetch, require
from sessions.models import TrainingSession


def wave_to_change(request: HttpRequest, pk: int) -> Wave:
    """With venue, programme and region; 404 out of scope, 403 without the right to schedule there."""
    wave = fetch(request, Wave.objects.select_related("program__region", "venue"), pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    return wave


def session_to_change(request: HttpRequest, pk: int) -> TrainingSession:
    """With its wave, venue, programme and region; 404 out of scope, 403 without the right to schedule there."""
    rows = TrainingSession.objects.select_related("wave__program__region", "wave__venue")
    session = fetch(request, rows, pk=pk)
    require(request, Right.SCHEDULE, session.wave.program.region_id)
    return session
