"""The certificates of a wave: who has one and who not, issuing them, revoking one."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.forms.certificates import RevokeForm
from participants.models import Certificate
from participants.queries.certificate_list import EARNED, STATES, CertificateRows
from participants.queries.wave_pages import wave_page
from participants.use_cases.issue_certificates import issue_certificates
from participants.use_cases.revoke_certificate import revoke_certificate
from programs.errors import Refusal
from programs.models import Wave
from programs.queries.papers import paper_settings
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.web.access import fetch, require
from rtportal.web.paging import page_of
from rtportal.web.search import search_text


@require_safe
def certificate_list(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "kehadiran")
    wave = context["wave"]
    state, search = request.GET.get("keadaan", ""), search_text(request)
    rows = CertificateRows(wave, request.user, state=state, search=search)
    context |= {
        "page": page_of(request, rows),
        "states": [(name, label, rows.counts[name]) for name, label in STATES.items()],
        "state": state if state in STATES else "",
        "search": search,
        "earned": rows.counts[EARNED],
        "least": paper_settings(wave.program_id).certificate_share,
    }
    return render(request, "participants/certificate_list.html", context)


@require_POST
def certificates_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who has earned one; with `peserta`, one person whose certificate was revoked."""
    wave = fetch(request, Wave.objects.select_related("program__region", "venue"), pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    again = None
    if typed := request.POST.get("peserta"):
        again = [parse_key(typed)]
        if again == [None]:
            raise Http404
    try:
        made = issue_certificates(wave=wave, by=request.user, now=clock.now(), again=again)
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        if made:
            messages.success(request, f"{thousands(len(made))} sertifikat terbit.")
        else:
            messages.info(request, "Tidak ada sertifikat baru: semua yang berhak sudah mempunyainya.")
    return redirect("participants:certificate_list", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Certificate.objects.select_related("enrolment__wave__program__region", "revoked_by")
    certificate = fetch(request, rows, pk=pk)
    wave = certificate.enrolment.wave
    require(request, Right.SCHEDULE, wave.program.region_id)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound:
        if form.is_valid():
            try:
                wishes = {"reason": form.cleaned_data["reason"], "by": request.user, "now": clock.now()}
                revoke_certificate(certificate=certificate, **wishes)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, f"Sertifikat nomor {certificate.number} dicabut.")
                return redirect("participants:certificate_list", wave.pk)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"certificate": certificate, "wave": wave, "form": form}
    return render(request, "participants/certificate_revoke.html", context, status=status)
