"""Offering a later wave to those who were absent."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from participants.forms.moves import TargetForm
from participants.models import RTHead
from participants.moving import MoveRefused, SeatsRefused
from participants.queries.absent import absent_from
from participants.queries.moves import targets_of
from participants.queries.reach import reach_of
from participants.queries.wave_pages import wave_page
from participants.use_cases.invite_absent import CaughtUp, invite_absent
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.web.access import require
from rtportal.web.step_up import fresh_proof_required


@fresh_proof_required(when=lambda request, pk: request.method == "POST")
@require_http_methods(["GET", "HEAD", "POST"])
def absent_invite(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "kehadiran")
    wave, now = context["wave"], clock.now()
    require(request, Right.SCHEDULE, wave.program.region_id)
    targets = targets_of(wave, now, drafts=True)
    form = TargetForm(request.POST or None, waves=[target.wave.pk for target in targets])
    status, seats = HTTPStatus.OK, None
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                done = invite_absent(
                    wave_id=pk,
                    to_wave_id=form.target,
                    accepted_seats=form.accepted_seats,
                    actor=request.user,
                    now=now,
                )
            except SeatsRefused as refusal:
                seats = refusal.needed
                form.add_error(None, refusal.sentence)
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _said(done))
                return redirect("participants:invitations", form.target)
    absent = absent_from(wave)
    context |= {
        "form": form,
        "targets": targets,
        "absent": absent.count(),
        "reach": reach_of(RTHead.objects.current().filter(rt__in=absent.order_by().values("rt")), wave.program),
        "is_over": now >= wave.ends_at,
        "seats_needed": seats,
    }
    return render(request, "participants/absent_invite.html", context, status=status)


def _said(done: CaughtUp) -> str:
    people = f"{thousands(done.people)} orang yang tidak hadir menjadi peserta gelombang ini."
    if done.is_later:
        return f"{people} Undangannya dikirim saat undangan gelombang ini dibuka."
    if done.unreachable:
        return f"{people} Undangan sedang dikirim; {thousands(done.unreachable)} orang tidak dapat dihubungi."
    return f"{people} Undangan sedang dikirim."
