"""Offices."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from programs.errors import Refusal
from programs.forms.offices import OfficeForm
from programs.models import Office
from programs.use_cases.save_office import save_office
from programs.views.return_path import return_path
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require, require_anywhere


@require_http_methods(["GET", "HEAD", "POST"])
def office_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.SCHEDULE)
    areas = scope_of(request.user).areas_with(Right.SCHEDULE)
    return _edit(request, None, Region.objects.regencies().within(areas))


@require_http_methods(["GET", "HEAD", "POST"])
def office_update(request: HttpRequest, pk: int) -> HttpResponse:
    office = fetch(request, Office.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, office.region_id)
    return _edit(request, office, Region.objects.filter(pk=office.region_id))


def _edit(request: HttpRequest, office: Office | None, regions: QuerySet) -> HttpResponse:
    form = OfficeForm(request.POST if request.method == "POST" else None, regions=regions, office=office)
    after = return_path(request, "programs:settings")
    if form.is_bound and form.is_valid():
        try:
            saved = save_office(office=office, **form.cleaned_data, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} disimpan.")
            return redirect(after)
    name = "office_update" if office else "office_create"
    context = {"form": form, "office": office, "after": after, "zone": office.region.time_zone if office else "WIB"}
    return render(request, f"programs/{name}.html", context)
