"""Insiden: failures to protect personal data, with the clock of their notices."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.privacy.forms.incidents import IncidentForm
from rtportal.privacy.incident_words import notices_of
from rtportal.privacy.models import Incident
from rtportal.privacy.queries.incidents import incidents_of, timed
from rtportal.privacy.queries.retention import managed_by
from rtportal.privacy.use_cases.mark_told import mark_told
from rtportal.privacy.use_cases.save_incident import IncidentRefused, save_incident
from rtportal.regions.models import Region
from rtportal.web.access import require_anywhere
from rtportal.web.paging import page_of


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.MANAGE_PRIVACY)
    page, now = page_of(request, incidents_of(request.user)), clock.now()
    context = {"page": page, "rows": [timed(row, now) for row in page], "tab": "insiden"}
    return render(request, "privacy/incident_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def incident_create(request: HttpRequest) -> HttpResponse:
    """For the kabupaten/kota `?wilayah=`, or the only one."""
    require_anywhere(request, Right.MANAGE_PRIVACY)
    regions = managed_by(request.user)
    code = storable(request.GET.get("wilayah", ""))[:13]
    region = get_object_or_404(regions, pk=code) if code else regions.first()
    if region is None:
        raise Http404("no kabupaten/kota")
    return _edit(request, region, None)


@require_http_methods(["GET", "HEAD", "POST"])
def incident_update(request: HttpRequest, pk: int) -> HttpResponse:
    incident = _incident(request, pk)
    return _edit(request, incident.region, incident)


@require_safe
def incident_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _incident(request, pk))


@require_POST
def incident_told(request: HttpRequest, pk: int) -> HttpResponse:
    """`siapa` is `orang` or `lembaga`."""
    incident = _incident(request, pk)
    try:
        mark_told(incident=incident, whom=request.POST.get("siapa", ""), by=request.user, now=clock.now())
    except IncidentRefused as refusal:
        return _show(request, incident, refusal.sentence)
    messages.success(request, "Dicatat sudah diberi tahu.")
    return redirect("privacy:incident_detail", pk)


def _incident(request: HttpRequest, pk: int) -> Incident:
    require_anywhere(request, Right.MANAGE_PRIVACY)
    return get_object_or_404(incidents_of(request.user), pk=pk)


def _show(request: HttpRequest, incident: Incident, fault: str = "") -> HttpResponse:
    context = {
        "incident": timed(incident, clock.now()),
        "zone": incident.region.time_zone,
        "notices": notices_of(incident),
        "changes": incident.changes.select_related("actor"),
        "fault": fault,
        "tab": "insiden",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "privacy/incident_detail.html", context, status=status)


def _edit(request: HttpRequest, region: Region, incident: Incident | None) -> HttpResponse:
    now = clock.now()
    form = IncidentForm(request.POST or None, region=region, incident=incident, now=now)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            row = save_incident(
                incident=incident, region=region, version=version, facts=form.facts(), by=request.user, now=now
            )
        except IncidentRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Insiden disimpan.")
            return redirect("privacy:incident_detail", row.pk)
    context = {"form": form, "region": region, "incident": incident, "tab": "insiden"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "privacy/incident_edit.html", context, status=status)
