"""Holidays, cuti bersama, Ramadan and local days of a kabupaten/kota."""

import re
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.errors import Refusal
from programs.forms.base import VersionForm
from programs.forms.special_days import SpecialDayForm, SwitchForm
from programs.models import SpecialDay
from programs.queries.special_days import days_of_year, regions_with_days
from programs.use_cases.delete_special_day import delete_special_day
from programs.use_cases.save_special_day import save_special_day
from programs.use_cases.switch_special_day import switch_special_day
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require, require_anywhere

_YEAR = re.compile(r"20\d\d", re.ASCII)


@require_safe
def special_day_list(request: HttpRequest) -> HttpResponse:
    regions = list(regions_with_days(request.user))
    region = next((one for one in regions if one.code == request.GET.get("wilayah")), regions[0] if regions else None)
    this_year = clock.local_date(clock.now(), region.time_zone if region else "WIB").year
    asked = request.GET.get("tahun", "")
    year = int(asked) if _YEAR.fullmatch(asked) else this_year
    scope = scope_of(request.user)
    context = {
        "regions": regions,
        "region": region,
        "year": year,
        "years": sorted({this_year - 1, this_year, this_year + 1, year}),
        "days": days_of_year(request.user, region.code, year) if region else [],
        "may_edit": region is not None and scope.may(Right.SCHEDULE, region.code),
    }
    return render(request, "programs/special_day_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def special_day_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.SCHEDULE)
    areas = scope_of(request.user).areas_with(Right.SCHEDULE)
    return _edit(request, None, Region.objects.regencies().within(areas))


@require_http_methods(["GET", "HEAD", "POST"])
def special_day_update(request: HttpRequest, pk: int) -> HttpResponse:
    day = _day(request, pk)
    return _edit(request, day, Region.objects.filter(pk=day.region_id))


@require_POST
def special_day_switch(request: HttpRequest, pk: int) -> HttpResponse:
    day = _day(request, pk)
    form = SwitchForm(request.POST)
    if form.is_valid():
        wish = form.cleaned_data
        try:
            saved = switch_special_day(day=day, **wish, actor=request.user, now=clock.now())
        except Refusal as refusal:
            messages.warning(request, refusal.sentence)
        else:
            state = "berlaku" if saved.is_active else "tidak berlaku"
            messages.success(request, f"{saved.name} dinyatakan {state}.")
    else:
        messages.warning(request, "Pilih berlaku atau tidak berlaku.")
    return _back_to(day)


@require_POST
def special_day_delete(request: HttpRequest, pk: int) -> HttpResponse:
    day = _day(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        delete_special_day(day=day, version=version, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, f"{day.name} dihapus.")
    return _back_to(day)


def _day(request: HttpRequest, pk: int) -> SpecialDay:
    day = fetch(request, SpecialDay.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, day.region_id)
    return day


def _edit(request: HttpRequest, day: SpecialDay | None, regions: QuerySet) -> HttpResponse:
    form = SpecialDayForm(request.POST if request.method == "POST" else None, regions=regions, day=day)
    if form.is_bound and form.is_valid():
        try:
            saved = save_special_day(day=day, **form.cleaned_data, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} disimpan.")
            return _back_to(saved)
    name = "special_day_update" if day else "special_day_create"
    after = _address(day.region_id, day.starts_on) if day else reverse("programs:special_day_list")
    zone = day.region.time_zone if day else "WIB"
    return render(request, f"programs/{name}.html", {"form": form, "day": day, "after": after, "zone": zone})


def _back_to(day: SpecialDay) -> HttpResponseRedirect:
    return redirect(_address(day.region_id, day.starts_on))


def _address(region_code: str, day: date) -> str:
    query = urlencode({"tahun": day.year, "wilayah": region_code})
    return f"{reverse('programs:special_day_list')}?{query}"
