"""Masa simpan: how long each class of data is kept, and what goes next."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.clean_text import storable
from rtportal.lib.numbers import thousands
from rtportal.privacy.models import RetentionAgreement
from rtportal.privacy.queries.retention import kept_by_portal, kept_in, managed_by
from rtportal.privacy.retention import class_of, kept_classes
from rtportal.privacy.use_cases.agree_to_retention import agree_to_retention
from rtportal.privacy.use_cases.purge_expired import purge_expired
from rtportal.privacy.use_cases.save_retention import RetentionRefused, save_retention
from rtportal.regions.models import Region
from rtportal.web.access import require_anywhere
from rtportal.web.step_up import fresh_proof_required


@require_safe
def retention_list(request: HttpRequest) -> HttpResponse:
    """Of one kabupaten/kota; `?wilayah=` chooses another one."""
    return _show(request, _chosen(request, request.GET.get("wilayah", "")))


@fresh_proof_required
@require_POST
def retention_save(request: HttpRequest, code: str) -> HttpResponse:
    """`golongan` is the class, `bulan` the number, `versi` what was seen."""
    region = _chosen(request, code, is_certain=True)
    what = class_of(request.POST.get("golongan", ""))
    if what is None or what.is_portal_wide:
        return _show(request, region, fault="Golongan data ini tidak dikenal.")
    months, version = request.POST.get("bulan", ""), request.POST.get("versi", "")
    if not (_is_number(months) and _is_number(version)):
        return _show(request, region, fault=f"{what.label}: isi bulan dengan angka, {what.least} sampai {what.most}.")
    try:
        saved = save_retention(
            region=region, what=what, months=int(months), version=int(version), by=request.user, now=clock.now()
        )
    except RetentionRefused as refusal:
        return _show(request, region, fault=refusal.sentence)
    if saved:
        messages.success(request, f"{what.label} disimpan {saved.months} bulan {what.since}.")
    return redirect(_url(region))


@fresh_proof_required
@require_POST
def retention_agree(request: HttpRequest, code: str) -> HttpResponse:
    region = _chosen(request, code, is_certain=True)
    agree_to_retention(region=region, by=request.user, now=clock.now())
    messages.success(request, f"Masa simpan {region.full_name} disetujui. Pemusnahan berjalan tiap malam.")
    return redirect(_url(region))


@fresh_proof_required
@require_POST
def retention_purge(request: HttpRequest, code: str) -> HttpResponse:
    """Does at once what the coming night would do."""
    region = _chosen(request, code, is_certain=True)
    made = purge_expired(now=clock.now(), region=region, by=request.user)
    if not made:
        messages.info(request, "Belum ada data yang lewat masa simpannya.")
        return redirect(_url(region))
    total = thousands(sum(one.total for one in made))
    messages.success(request, f"{total} data dimusnahkan. Berita acaranya ada di bawah ini.")
    return redirect("privacy:purge_list")


def _chosen(request: HttpRequest, code: str, *, is_certain: bool = False) -> Region | None:
    """The region that was asked for among those the admin answers for; else the first. 404 for one of somebody else."""
    require_anywhere(request, Right.MANAGE_PRIVACY)
    regions = managed_by(request.user)
    if code or is_certain:
        return get_object_or_404(regions, pk=storable(code)[:13])
    return regions.first()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5


def _url(region: Region) -> str:
    return f"{reverse('privacy:retention_list')}?wilayah={region.code}"


def _show(request: HttpRequest, region: Region | None, fault: str = "") -> HttpResponse:
    now = clock.now()
    found = kept_in(region, now) if region else []
    context = {
        "region": region,
        "regions": managed_by(request.user),
        "agreement": RetentionAgreement.objects.select_related("agreed_by").filter(region=region).first(),
        "found": found,
        "total": sum(one.total for one in found),
        "portal": kept_by_portal(now),
        "kept": kept_classes(),
        "fault": fault,
        "tab": "masa-simpan",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "privacy/retention_list.html", context, status=status)
