"""Ringkasan, Peserta and Riwayat of a wave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.models import WaitingPlace
from participants.queries.clashes import clashes_of
from participants.queries.enrolment_list import (
    ANSWER_FILTERS,
    PARAMETERS,
    PRESENT_FILTERS,
    TOLD_FILTERS,
    groups_of,
    people_of,
)
from participants.queries.reach_plan import reach_plan
from participants.queries.reconciliation import wave_numbers
from participants.queries.wave_pages import wave_page
from participants.views.selection import asked_people
from rtportal.accounts.scope import Right
from rtportal.audit.models import AuditEvent
from rtportal.web.access import require
from rtportal.web.paging import page_of
from sessions.queries import agenda


@require_safe
def wave_detail(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "ringkasan")
    wave = context["wave"]
    numbers = wave_numbers(wave, request.user)
    context |= {
        "districts": numbers.districts,
        "total": numbers.total,
        "plan": reach_plan(wave, request.user),
        "agenda": agenda(wave.pk),
        "clashes": clashes_of(wave),
    }
    return render(request, "participants/wave_detail.html", context)


@require_safe
def enrolment_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "peserta")
    asked = asked_people(request)
    context |= {
        "page": page_of(request, people_of(context["wave"], request.user, **asked)),
        "asked": asked,
        "asked_fields": [(PARAMETERS[argument], value) for argument, value in asked.items() if value],
        "groups": groups_of(context["wave"]),
        "waiting_count": WaitingPlace.objects.filter(wave=pk, closed_at=None).count(),
        "answer_filters": [(value, label) for value, (label, _) in ANSWER_FILTERS.items()],
        "told_filters": [(value, label) for value, (label, _) in TOLD_FILTERS.items()],
        "present_filters": [(value, label) for value, (label, _) in PRESENT_FILTERS.items()],
    }
    return render(request, "participants/enrolment_list.html", context)


@require_safe
def wave_history(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "riwayat")
    wave = context["wave"]
    require(request, Right.READ_HISTORY, wave.program.region_id)
    context["page"] = page_of(request, AuditEvent.objects.filter(subject=wave.group).select_related("actor"))
    return render(request, "participants/wave_history.html", context)
