"""Waves and special days month by month, as a grid or a list."""

import re
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.clashes import clash_counts
from participants.queries.wave_rows import wave_rows
from programs.models import Office, Program, SpecialDay, Venue
from programs.queries import calendar as reading
from programs.queries.calendar import CANCELLED, DRAFT, PUBLISHED, Wish
from rtportal.accounts.models import User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.regions.models import Region

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_STATE_WORDS = {DRAFT: "Draf", PUBLISHED: "Terbit", CANCELLED: "Batal"}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    user, now = request.user, clock.now()
    today = _today(user, now)
    first = _asked_month(request) or today.replace(day=1)
    following = reading.next_month(first)
    last = following - timedelta(days=1)
    offices = list(Office.objects.visible_to(user))
    filters = [
        _choice(request, "program", "Program", Program.objects.visible_to(user).order_by("-id")),
        _choice(request, "tempat", "Tempat", Venue.objects.visible_to(user)),
        _choice(request, "kantor", "Kantor", offices),
        _state_choice(request),
    ]
    wish = Wish(*(chosen["chosen"] for chosen in filters))
    region = next((office.region_id for office in offices if office.pk == wish.office), "")
    waves = reading.waves_between(user, first, last, wish)
    marks = reading.marks_between(user, first, last, region)
    clashes = clash_counts(wave for wave in waves if wave.ends_at > now)
    is_list = request.GET.get("tampilan") == "daftar"
    context = {
        "month": f"{clock.MONTHS[first.month - 1]} {first.year}",
        "present": f"{first:%Y-%m}",
        "previous": f"{reading.previous_month(first):%Y-%m}",
        "following": f"{following:%Y-%m}",
        "filters": filters,
        "is_filtered": wish != Wish(),
        "is_list": is_list,
        "waves": waves,
        "rows": wave_rows(waves, now) if is_list else [],
        "days": [] if is_list else reading.days_of(waves, marks, clashes, first, last, today),
        "weekdays": clock.DAYS,
        "marks": marks,
        "months_of_ramadan": [mark for mark in marks if mark.kind == SpecialDay.Kind.RAMADAN],
        "next_wave": None if waves else reading.next_wave_after(user, following, wish),
        "feeds_of": _office_to_subscribe(user, offices, wish),
    }
    return render(request, "programs/calendar.html", context)


def _choice(request: HttpRequest, field: str, label: str, rows: QuerySet | list) -> dict:
    """A field of the filter: what can be chosen, and what is; the key of a row that is not there chooses nothing."""
    options = [(row.pk, row.name) for row in rows]
    asked = parse_key(request.GET.get(field, ""))
    chosen = asked if asked in dict(options) else None
    return {"field": field, "label": label, "options": options, "chosen": chosen}


def _state_choice(request: HttpRequest) -> dict:
    asked = request.GET.get("keadaan", "")
    chosen = asked if asked in _STATE_WORDS else ""
    return {"field": "keadaan", "label": "Keadaan", "options": list(_STATE_WORDS.items()), "chosen": chosen}


def _asked_month(request: HttpRequest) -> date | None:
    found = _MONTH.fullmatch(request.GET.get("bulan", ""))
    return date(int(found[1]), int(found[2]), 1) if found else None


def _today(user: User, now: datetime) -> date:
    region = Region.objects.filter(code__in=scope_of(user).areas[:1]).first()
    return clock.local_date(now, region.time_zone if region else "WIB")


def _office_to_subscribe(user: User, offices: list[Office], wish: Wish) -> Office | None:
    """The office whose calendar addresses the page leads to: the chosen one or the only one, if the user may."""
    asked = [office for office in offices if wish.office in {None, office.pk}]
    return asked[0] if len(asked) == 1 and scope_of(user).may(Right.SCHEDULE, asked[0].region_id) else None
