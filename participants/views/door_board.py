"""The live board of the door, for the committee and for the projector, and whom to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.absent_now import absent_now, calls_of
from participants.queries.door_board import MINUTES, PACE_MINUTES, PlaceCount, board_of
from participants.queries.door_tab import door_tab
from participants.queries.wave_pages import wave_page
from participants.views.session_choice import asked_session, attendance_sessions, current_session
from rtportal.lib import clock
from rtportal.web.paging import page_of
from rtportal.web.search import search_text

# As many lines as can be read from ten metres.
_WALL_PLACES, _WALL_ARRIVALS = 7, 3


@require_safe
def door_board(request: HttpRequest, pk: int) -> HttpResponse:
    context = _context(request, pk)
    is_wall = request.GET.get("tampilan") == "proyektor"
    page = "wall" if is_wall else "board"
    if context["session"]:
        wave, session, now = context["wave"], context["session"], context["now"]
        board = board_of(wave, session, request.user, now=now)
        chosen = request.GET.get("kecamatan", "")
        open_district = next((place for place in board.districts if place.code == chosen), None)
        if len(board.districts) == 1:
            open_district = board.districts[0]
        context |= {
            "board": board,
            "open_district": open_district,
            "most_in_a_minute": max(board.minutes),
            "bars": _bars(board.minutes),
            "minutes": MINUTES,
            "pace_minutes": PACE_MINUTES,
            "places": _wall_places(board.districts),
            "arrivals": board.arrivals[:_WALL_ARRIVALS],
        }
        if request.htmx:
            return render(request, f"participants/_door_{page}.html", context)
    return render(request, "participants/door_wall.html" if is_wall else "participants/door_board.html", context)


@require_safe
def door_absent_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = _context(request, pk)
    if context["session"]:
        search, area = search_text(request), search_text(request, "wilayah")
        rows = absent_now(context["session"], request.user, search=search, area=area)
        page = page_of(request, rows)
        context |= {"search": search, "area": area, "page": page}
        context["calls"] = calls_of(list(page), context["wave"], request.user)
    if context["may"]["mark_attendance"]:
        context |= door_tab(context["wave"])
    return render(request, "participants/door_absent_list.html", context)


def _context(request: HttpRequest, pk: int) -> dict:
    context = wave_page(request.user, pk, "kehadiran")
    now = clock.now()
    sessions = attendance_sessions(context["wave"])
    session = asked_session(request, sessions, current_session(sessions, now)) if sessions else None
    return context | {"sessions": sessions, "session": session, "now": now}


def _bars(minutes: list[int]) -> list[tuple[int, int, int]]:
    """People of each minute as a bar of a drawing 100 high: left edge, top and height."""
    most = max(*minutes, 1)
    heights = [round(100 * people / most) for people in minutes]
    return [(10 * place, 100 - height, height) for place, height in enumerate(heights)]


def _wall_places(districts: list[PlaceCount]) -> list[PlaceCount]:
    """What fits on the wall: kecamatan, or the villages of the only one; of too many those that miss most."""
    places = districts[0].villages if len(districts) == 1 else districts
    if len(places) <= _WALL_PLACES:
        return places
    return sorted(places, key=lambda place: -place.missing)[:_WALL_PLACES]
