"""The list of RT heads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.queries.head_list import HeadFilter, districts_of, heads_of, villages_of
from rtportal.accounts.scope import Right, scope_of
from rtportal.regions.codes import is_within
from rtportal.web.access import require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text


@require_safe
def head_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.VIEW)
    districts = districts_of(request.user)
    # Only what the lists offer is asked for: an address from elsewhere shows everything, not an error.
    district = _offered(districts, request.GET.get("kecamatan", ""))
    villages = villages_of(request.user, district)
    asked = HeadFilter(
        search=search_text(request),
        district=district,
        village=_offered(villages, request.GET.get("kelurahan", "")),
        lacks_phone=bool(request.GET.get("tanpa_hp")),
        lacks_email=bool(request.GET.get("tanpa_email")),
    )
    page = page_of(request, heads_of(request.user, asked))
    exports = scope_of(request.user).areas_with(Right.EXPORT)
    # One file is about one region: what is chosen, or all of the only one.
    region = asked.village or asked.district or (exports[0] if len(exports) == 1 else "")
    manages = scope_of(request.user).areas_with(Right.MANAGE_ROSTER)
    answers = scope_of(request.user).areas_with(Right.ANSWER_FOR)
    context = {
        "page": page,
        "replaceable": {head.pk for head in page if any(is_within(head.rt.village_id, area) for area in manages)},
        "answered_for": {head.pk for head in page if any(is_within(head.rt.village_id, area) for area in answers)},
        "asked": asked,
        "districts": districts,
        "villages": villages,
        "export_region": region if any(is_within(region, area) for area in exports) else "",
        "may_import": scope_of(request.user).may_anywhere(Right.MANAGE_ROSTER),
        "may_answer_for": scope_of(request.user).may_anywhere(Right.ANSWER_FOR),
    }
    return render(request, "participants/head_list.html", context)


def _offered(places: list, code: str) -> str:
    return code if any(place.code == code for place in places) else ""
