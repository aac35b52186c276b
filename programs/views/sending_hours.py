"""The hours in which people of a kabupaten/kota may be written to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from programs.errors import Refusal
from programs.forms.sending_hours import SendingHoursForm
from programs.queries.sending_hours import examples, hours_of
from programs.queries.special_days import regions_with_days
from programs.use_cases.save_sending_hours import save_sending_hours
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.sending_hours import HoursError
from rtportal.messaging.hours import open_hours
from rtportal.messaging.models import SendingHours
from rtportal.regions.models import Region
from rtportal.web.access import require


@require_safe
def sending_hours_list(request: HttpRequest) -> HttpResponse:
    regions = list(regions_with_days(request.user))
    scope = scope_of(request.user)
    context = {
        "found": hours_of(regions, now=clock.now()),
        "editable": {region.code for region in regions if scope.may(Right.SCHEDULE, region.code)},
    }
    return render(request, "programs/sending_hours_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sending_hours_update(request: HttpRequest, code: str) -> HttpResponse:
    """The form; asked by HTMX it shows what the hours typed so far would do."""
    region = get_object_or_404(regions_with_days(request.user), pk=storable(code))
    require(request, Right.SCHEDULE, region.code)
    row = SendingHours.objects.filter(region=region).first() or SendingHours(region=region)
    if request.htmx and request.method != "POST":
        form = SendingHoursForm(request.GET, row=row)
        return render(request, "programs/_sending_examples.html", {"examples": _examples(form, region)})
    form = SendingHoursForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        try:
            save_sending_hours(region=region, **form.cleaned_data, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Jam kirim {region.full_name} disimpan.")
            return redirect("programs:sending_hours_list")
    shown = _examples(form, region) if form.is_bound else hours_of([region], now=clock.now())[0].examples
    context = {"form": form, "region": region, "zone": region.time_zone, "examples": shown}
    return render(request, "programs/sending_hours_update.html", context)


def _examples(form: SendingHoursForm, region: Region) -> list[str]:
    """What the typed hours would do; nothing as long as they cannot be."""
    if not form.is_valid():
        return []
    wished = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    now = clock.now()
    try:
        hours = open_hours([SendingHours(region=region, **wished)], {region.code: region.time_zone}, now=now)
    except HoursError:
        return []
    return list(examples(hours[region.code], now=now))
