"""Who did what in the reader's regions."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.models import ChainCheck
from rtportal.trust.forms.history import HistoryForm, as_params
from rtportal.trust.queries.history import history, history_areas, history_zone, place_names
from rtportal.web.access import require_anywhere
from rtportal.web.paging import page_of


@require_safe
def history_list(request: HttpRequest) -> HttpResponse:
    """The newest first. What cannot be read of the filter is told and passed over."""
    require_anywhere(request, Right.READ_HISTORY)
    areas = history_areas(request.user)
    zone = history_zone(areas)
    form = HistoryForm(request.GET)
    asked = form.asked
    page = page_of(request, history(areas, asked, zone))
    places = place_names(page)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "lines": [(event, places.get(event.region_code, event.region_code)) for event in page],
        "zone": zone,
        "check": ChainCheck.objects.first(),
        "export_query": urlencode({"wilayah": areas[0], **as_params(asked)}),
        "may_export": scope_of(request.user).may(Right.EXPORT, areas[0]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "trust/history_list.html", context, status=status)
