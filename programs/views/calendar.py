"""Waves month by month."""

import re
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.wave_rows import wave_rows
from programs.queries.pages import next_month, next_wave_after, previous_month, waves_in_month
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib import clock
from rtportal.regions.models import Region

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    first_day = _asked_month(request) or _present_month(request.user, now)
    rows = wave_rows(waves_in_month(request.user, first_day), now)
    following = next_month(first_day)
    context = {
        "rows": rows,
        "month": f"{clock.MONTHS[first_day.month - 1]} {first_day.year}",
        "previous": f"{previous_month(first_day):%Y-%m}",
        "following": f"{following:%Y-%m}",
        "next_wave": None if rows else next_wave_after(request.user, following),
    }
    return render(request, "programs/calendar.html", context)


def _asked_month(request: HttpRequest) -> date | None:
    found = _MONTH.fullmatch(request.GET.get("bulan", ""))
    return date(int(found[1]), int(found[2]), 1) if found else None


def _present_month(user: User, now: datetime) -> date:
    region = Region.objects.filter(code__in=scope_of(user).areas[:1]).first()
    return clock.local_date(now, region.time_zone if region else "WIB").replace(day=1)
