"""The agenda of a wave: a timetable that officials edit in place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.clashes import clashes_of
from participants.queries.wave_pages import wave_page
from programs.errors import Refusal, StaleEdit
from sessions import queries
from sessions.queries.agenda_templates import templates_for
from sessions.queries.grid import MOST_ROOMS, days_of, rooms_of
from sessions.queries.learning_hours import learning_hours

# More waves than this in one list help nobody; siblings and the newest come first.
COPY_CHOICES = 30
MEANWHILE = "Sesi ini baru saja diubah petugas lain, jadi tidak dipindahkan. Yang tampak adalah jadwal terbaru."


@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    page = agenda_page(request, pk)
    if page["may"]["schedule"] and not page["items"]:
        wave = page["wave"]
        page["sources"] = queries.waves_to_copy_from(wave, request.user)[:COPY_CHOICES]
        page["templates"] = templates_for(wave.program.region_id)
    return render(request, "training_sessions/agenda.html", page)


def agenda_board(
    request: HttpRequest, pk: int, *, said: str = "", refused_id: int | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """The part of the page that editing changes, for htmx.

    `said` tells what was done; or `refusal` why nothing was, shown at the session `refused_id`.
    """
    if refusal:
        said = MEANWHILE if isinstance(refusal, StaleEdit) else refusal.sentence
    page = agenda_page(request, pk) | {"said": said, "refused_id": refused_id, "refusal": refusal}
    return render(request, "training_sessions/_agenda_board.html", page)


def agenda_page(request: HttpRequest, pk: int) -> dict:
    """Everything the board shows; 404 for a wave out of scope."""
    page = wave_page(request.user, pk, "agenda")
    wave = page["wave"]
    # Of a cancelled wave nothing comes about any more: its agenda is only read, and copied.
    may_copy = page["may"]["schedule"]
    page["may"]["schedule"] = may_copy and not wave.is_cancelled
    items = queries.agenda(pk)
    sessions = [item.session for item in items]
    clashes = clashes_of(wave)
    rooms = rooms_of(sessions, wave.venue.name)
    learning = learning_hours(sessions, zone=wave.zone, unit=wave.program.minutes_per_jp)
    return page | {
        "items": items,
        "may_copy": may_copy,
        "columns": rooms[:MOST_ROOMS],
        "days": days_of(items, wave, rooms, learning),
        "learning": learning,
        "clashes": clashes,
        "clashing": {session for clash in clashes for session in clash.session_ids},
    }
