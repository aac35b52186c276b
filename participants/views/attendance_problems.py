"""What the door recorded and somebody has to decide about."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.models import AttendanceEvent
from participants.queries.attendance_problems import doubts_of, open_problems, settled_problems, with_facts
from participants.queries.door_tab import door_tab
from participants.queries.wave_pages import wave_page
from participants.use_cases.settle_attendance_event import LONGEST_NOTE, settle_attendance_event
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.web.access import require
from rtportal.web.paging import page_of

_LATEST_DECISIONS = 20


@require_safe
def problem_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "kehadiran")
    wave = context["wave"]
    require(request, Right.MARK_ATTENDANCE, wave.program.region_id)
    page = page_of(request, with_facts(open_problems(wave)))
    context |= {
        "page": page,
        **door_tab(wave),
        "doubts": doubts_of(page, wave),
        "settled": list(with_facts(settled_problems(wave))[:_LATEST_DECISIONS]),
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "participants/problem_list.html", context)


@require_POST
def problem_settle(request: HttpRequest, pk: int) -> HttpResponse:
    waves = Wave.objects.visible_to(request.user)
    event = get_object_or_404(AttendanceEvent.objects.select_related("wave__program"), pk=pk, wave__in=waves)
    require(request, Right.MARK_ATTENDANCE, event.wave.program.region_id)
    try:
        is_new = settle_attendance_event(
            event_id=pk,
            decision=request.POST.get("keputusan", ""),
            note=request.POST.get("catatan", ""),
            actor=request.user,
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        if is_new:
            messages.success(request, "Keputusan disimpan.")
        else:
            messages.info(request, "Catatan ini sudah diputuskan atau tidak diragukan lagi.")
    return redirect("participants:problem_list", event.wave_id)
