"""The desks of a wave's door: made, shown once as a code to scan, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.forms.door import DoorDeviceForm
from participants.models import DoorDevice
from participants.presence.devices import door_url
from participants.queries.door_devices import desks_of, next_name, state_of
from participants.queries.door_tab import door_tab
from participants.queries.wave_pages import wave_page
from participants.use_cases.create_door_device import create_door_device
from participants.use_cases.revoke_door_device import revoke_door_device
from programs.errors import Refusal
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.qr import qr_drawing
from rtportal.web.access import require
from rtportal.web.paging import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def door_device_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "kehadiran")
    wave, now = context["wave"], clock.now()
    require(request, Right.MARK_ATTENDANCE, wave.program.region_id)
    typed = request.POST if request.method == "POST" else None
    form = DoorDeviceForm(typed, wave=wave, now=now, suggested_name=next_name(wave))
    if form.is_bound and form.is_valid():
        try:
            device = create_door_device(
                wave=wave,
                name=form.cleaned_data["name"],
                expires_at=form.expires_at,
                actor=request.user,
                now=now,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("participants:door_device_card", device.pk)
    page = page_of(request, desks_of(wave))
    rows = [(device, *state_of(device, now)) for device in page]
    context |= {"form": form, "page": page, "rows": rows, "now": now, **door_tab(wave)}
    return render(request, "participants/door_device_list.html", context)


@require_safe
def door_device_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The code to scan, on a small card to print; until the first device has opened it, and then never again."""
    device = _device(request, pk)
    now = clock.now()
    word, status = state_of(device, now)
    is_open = device.opened_at is None and device.revoked_at is None and device.expires_at > now
    context = {"device": device, "wave": device.wave, "word": word, "status": status, "is_open": is_open}
    if is_open:
        context["qr"] = qr_drawing(door_url(device))
    response = render(request, "participants/door_device_card.html", context)
    # The code admits to a list of names: no copy of the page stays behind on a shared computer.
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def door_device_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    device = _device(request, pk)
    if revoke_door_device(device=device, actor=request.user, now=clock.now()):
        messages.success(request, f"{device.name} dicabut. Catatan yang sudah dikirimnya tetap berlaku.")
    else:
        messages.info(request, f"{device.name} sudah dicabut sebelumnya.")
    return redirect("participants:door_device_list", device.wave_id)


def _device(request: HttpRequest, pk: int) -> DoorDevice:
    """404 for a wave out of sight, 403 without the right."""
    waves = Wave.objects.visible_to(request.user)
    devices = DoorDevice.objects.select_related("wave__program__region", "wave__venue")
    device = get_object_or_404(devices, pk=pk, wave__in=waves)
    require(request, Right.MARK_ATTENDANCE, device.wave.program.region_id)
    return device
