"""Venues."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.queries.wave_rows import wave_rows
from programs.errors import Refusal
from programs.forms.venues import VenueForm
from programs.models import Venue
from programs.use_cases.save_venue import save_venue
from programs.views.return_path import return_path
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of


@require_safe
def venue_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Venue.objects.visible_to(request.user).select_related("region"))
    scope = scope_of(request.user)
    context = {
        "page": page,
        "may_create": scope.may_anywhere(Right.SCHEDULE),
        "editable": {venue.region_id for venue in page if scope.may(Right.SCHEDULE, venue.region_id)},
    }
    return render(request, "programs/venue_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def venue_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.SCHEDULE)
    areas = scope_of(request.user).areas_with(Right.SCHEDULE)
    return _edit(request, None, Region.objects.regencies().within(areas))


@require_http_methods(["GET", "HEAD", "POST"])
def venue_update(request: HttpRequest, pk: int) -> HttpResponse:
    venue = fetch(request, Venue.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, venue.region_id)
    return _edit(request, venue, Region.objects.filter(pk=venue.region_id))


def _edit(request: HttpRequest, venue: Venue | None, regions: QuerySet) -> HttpResponse:
    form = VenueForm(request.POST if request.method == "POST" else None, regions=regions, venue=venue)
    after = return_path(request, "programs:venue_list")
    if form.is_bound and form.is_valid():
        try:
            saved = save_venue(venue=venue, **form.cleaned_data, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Tempat {saved.name} disimpan.")
            _warn_of_missing_seats(request, saved)
            return redirect(after)
    name = "venue_update" if venue else "venue_create"
    context = {"form": form, "venue": venue, "after": after, "zone": venue.region.time_zone if venue else "WIB"}
    return render(request, f"programs/{name}.html", context)


def _warn_of_missing_seats(request: HttpRequest, venue: Venue) -> None:
    now = clock.now()
    rows = wave_rows(venue.waves.ending_after(now).select_related("program__region", "venue"), now)
    short = [f"{row.wave} (kurang {thousands(row.seats.missing)})" for row in rows if row.seats.missing]
    if short:
        messages.warning(request, f"Kursi tidak cukup untuk: {'; '.join(short)}.")
