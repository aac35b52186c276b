"""Parallel groups of a large wave."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from participants.forms.moves import GroupsForm
from participants.moving import MoveRefused
from participants.queries.enrolment_list import groups_of
from participants.queries.wave_pages import wave_page
from participants.use_cases.split_into_groups import split_into_groups
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.numbers import thousands
from rtportal.web.access import require
from sessions.models import TrainingSession


@require_http_methods(["GET", "HEAD", "POST"])
def enrolments_group(request: HttpRequest, pk: int) -> HttpResponse:
    context = wave_page(request.user, pk, "peserta")
    wave = context["wave"]
    require(request, Right.SCHEDULE, wave.program.region_id)
    groups = groups_of(wave)
    form = GroupsForm(request.POST or None, initial={"kelompok": "\n".join(_suggested(wave, groups))})
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                sizes = split_into_groups(wave=wave, names=form.names, actor=request.user, now=clock.now())
            except MoveRefused as refusal:
                form.add_error("kelompok", refusal.sentence)
            else:
                listed = ", ".join(f"{name} {thousands(size)} orang" for name, size in sizes.items())
                messages.success(request, f"Kelompok tersimpan: {listed}." if sizes else "Kelompok dihapus.")
                return redirect("participants:enrolments_group", pk)
    context |= {"form": form, "groups": groups}
    return render(request, "participants/enrolments_group.html", context, status=status)


def _suggested(wave: Wave, groups: dict[str, int]) -> list[str]:
    """The groups there are, else those that the agenda names."""
    named = TrainingSession.objects.filter(wave=wave).exclude(group="").order_by("group")
    return [name for name in groups if name] or list(named.values_list("group", flat=True).distinct())
