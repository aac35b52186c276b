"""Marking attendance from a list on the day."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from participants.models import Enrolment
from participants.queries.absent import absent_from
from participants.queries.attendance import STATUS_FILTERS, attendance_rows, attendance_totals
from participants.queries.door_tab import door_tab
from participants.queries.wave_pages import wave_page
from participants.use_cases.mark_attendance import mark_attendance
from participants.use_cases.unmark_attendance import unmark_attendance
from participants.views.session_choice import asked_session, attendance_sessions, current_session
from programs.models import Wave
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.web.access import fetch, require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text
from sessions.models import TrainingSession


@require_safe
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "kehadiran")
    wave, now = context["wave"], clock.now()
    sessions = attendance_sessions(wave)
    context |= {"sessions": sessions, "session": None, "now": now}
    if sessions:
        session = asked_session(request, sessions, current_session(sessions, now))
        search, status = search_text(request), request.GET.get("status", "")
        rows = attendance_rows(wave, session, request.user, search=search, status=status)
        context |= {
            "session": session,
            "search": search,
            "status": status,
            "statuses": [(value, label) for value, (label, _) in STATUS_FILTERS.items()],
            "totals": attendance_totals(wave, session, request.user),
            "page": page_of(request, rows),
        }
        _mark_rights(request, context["page"])
        if wave.is_cancelled:
            for row in context["page"]:
                row.may_mark = False
        context["unmarked"] = [row.pk for row in context["page"] if row.may_mark and not row.marks]
        # Afterwards those who came to no session of the wave can be offered a later one.
        if context["may"]["schedule"] and now >= wave.ends_at and not wave.is_cancelled:
            context["absent"] = absent_from(wave).count()
        if context["may"]["mark_attendance"]:
            context |= door_tab(wave)
        context["may_mark_any"] = any(row.may_mark for row in context["page"])
    return render(request, "participants/attendance_sheet.html", context)


@require_POST
def attendance_mark(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, mark_attendance, "dicatat hadir")


@require_POST
def attendance_unmark(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, unmark_attendance, "dibatalkan catatan hadirnya")


def _act(request: HttpRequest, pk: int, use_case: Callable, done: str) -> HttpResponse:
    """One tap on a row (`peserta`) or a button for several rows (`kelompok` names the field that lists them)."""
    wave = fetch(request, Wave.objects.select_related("program__region", "venue"), pk=pk)
    require_anywhere(request, Right.MARK_ATTENDANCE)
    sessions = attendance_sessions(wave)
    session = asked_session(request, sessions, None)
    group = request.POST.get("kelompok", "")
    people = _people(request, wave, session, request.POST.getlist(group or "peserta"))
    back = f"{reverse('participants:attendance_sheet', args=[pk])}?{request.GET.urlencode()}"
    if not people:
        messages.error(request, "Pilih dahulu peserta yang dimaksud.")
        return redirect(back)
    try:
        changed = use_case(session=session, enrolments=people, actor=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponse(status=204, headers={"HX-Redirect": back}) if request.htmx else redirect(back)
    if request.htmx and not group:
        return _row(request, wave, session, people[0].pk)
    name = people[0].head.full_name if len(people) == 1 else f"{thousands(len(changed))} peserta"
    messages.success(request, f"{name} {done}.")
    return redirect(back if group else f"{back}#peserta-{people[0].pk}")


def _people(request: HttpRequest, wave: Wave, session: TrainingSession, numbers: list[str]) -> list[Enrolment]:
    """The enrolments with these numbers: 404 if one is out of sight or of another wave, 403 without the right."""
    wanted = {parse_key(number) for number in numbers}
    if None in wanted:
        raise Http404
    people = list(attendance_rows(wave, session, request.user).filter(pk__in=wanted))
    if len(people) < len(wanted):
        raise Http404
    _mark_rights(request, people)
    if not all(person.may_mark for person in people):
        raise PermissionDenied
    return people


def _row(request: HttpRequest, wave: Wave, session: TrainingSession, pk: int) -> HttpResponse:
    row = attendance_rows(wave, session, request.user).get(pk=pk)
    _mark_rights(request, [row])
    context = {
        "wave": wave,
        "session": session,
        "row": row,
        "totals": attendance_totals(wave, session, request.user),
        "is_fragment": True,
    }
    return render(request, "participants/_attendance_row.html", context)


def _mark_rights(request: HttpRequest, rows: Iterable[Enrolment]) -> None:
    """Adds `may_mark` to each: a right may reach less far than the view."""
    scope = scope_of(request.user)
    for row in rows:
        row.may_mark = scope.may(Right.MARK_ATTENDANCE, row.village_id)
