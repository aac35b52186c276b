"""Moving a session and swapping two: from the timetable (htmx) or from a page of plain forms."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programs.errors import Refusal
from programs.forms.base import DomainForm
from rtportal.lib import clock
from sessions.forms.hours import MoveForm, SwapForm
from sessions.models import TrainingSession
from sessions.queries.grid import rooms_of
from sessions.use_cases.move_session import move_session
from sessions.use_cases.swap_sessions import swap_sessions
from sessions.views.agenda import agenda_board
from sessions.views.to_change import session_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def session_move(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_to_change(request, pk)
    others = _others(session)
    form = _move_form(session, others, request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            moved = move_session(session=session, **form.place, actor=request.user, now=clock.now())
        except Refusal as error:
            refusal = error
            form.refuse(error)
        else:
            return _done(request, moved, f"{_place(moved)}.")
    return _show(request, session, others, refusal, move=form)


@require_POST
def session_swap(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_to_change(request, pk)
    others = _others(session)
    form = SwapForm(request.POST, session=session, others=others, zone=session.wave.zone)
    refusal = None
    if form.is_valid():
        try:
            both = swap_sessions(session=session, **form.pair, actor=request.user, now=clock.now())
        except Refusal as error:
            refusal = error
            form.refuse(error)
        else:
            return _done(request, both[0], f"Ditukar: {'; '.join(_place(each) for each in both)}.")
    return _show(request, session, others, refusal, swap=form)


def _others(session: TrainingSession) -> list[TrainingSession]:
    return list(session.wave.training_sessions.exclude(pk=session.pk))


def _move_form(session: TrainingSession, others: list[TrainingSession], data=None) -> MoveForm:
    wave = session.wave
    rooms = [(room.value, room.name) for room in rooms_of([*others, session], wave.venue.name)]
    return MoveForm(data, wave=wave, session=session, rooms=rooms)


def _place(session: TrainingSession) -> str:
    wave = session.wave
    span = clock.span_words(session.starts_at, session.ends_at, wave.zone)
    return f"“{session.title}” sekarang {span}, {session.room or wave.venue.name}"


def _done(request: HttpRequest, session: TrainingSession, sentence: str) -> HttpResponse:
    if request.htmx:
        return agenda_board(request, session.wave_id, said=sentence)
    messages.success(request, sentence)
    return redirect(f"{reverse('training_sessions:agenda', args=[session.wave_id])}#sesi-{session.pk}")


def _show(
    request: HttpRequest,
    session: TrainingSession,
    others: list[TrainingSession],
    refusal: Refusal | None,
    *,
    move: MoveForm | None = None,
    swap: SwapForm | None = None,
) -> HttpResponse:
    """The page with both forms, the refused one as it was filled in; for htmx the board with the reason."""
    asked = swap or move
    if request.htmx and asked.is_bound:
        refusal = refusal or Refusal(_first_error(asked))
        return agenda_board(request, session.wave_id, refused_id=session.pk, refusal=refusal)
    page = {
        "session": session,
        "wave": session.wave,
        "move": move or _move_form(session, others),
        "swap": swap or SwapForm(session=session, others=others, zone=session.wave.zone),
        "form": asked,
    }
    return render(request, "training_sessions/session_move.html", page)


def _first_error(form: DomainForm) -> str:
    return next(iter(form.errors.values()))[0]
