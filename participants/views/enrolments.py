"""One participant: who, what was sent, what was answered; answering on their behalf and a new link."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from participants.forms.answers import RecordedAnswerForm
from participants.forms.preferences import PreferredChannelForm
from participants.models import Enrolment
from participants.queries.enrolment_page import enrolment_page, enrolments_with_wave
from participants.rules import AnswerRefused, recording_closed
from participants.use_cases.prefer_channel import prefer_channel
from participants.use_cases.record_answer_for import record_answer_for
from participants.use_cases.reissue_link import reissue_link
from participants.use_cases.revoke_link import revoke_link
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.web.access import fetch, require


@require_safe
def enrolment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    return _show(request, enrolment, _form(enrolment))


@require_POST
def answer_record(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.ANSWER_FOR, enrolment.village_id)
    form = _form(enrolment, request.POST)
    if not form.is_valid():
        return _show(request, enrolment, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        record_answer_for(
            enrolment=enrolment,
            channel=form.cleaned_data["channel"],
            by=request.user,
            now=clock.now(),
            **form.content,
        )
    except AnswerRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _show(request, enrolment, form, HTTPStatus.CONFLICT)
    messages.success(request, f"Jawaban {enrolment.head} sudah dicatat.")
    return redirect("participants:enrolment_detail", pk)


@require_POST
def link_reissue(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.ANSWER_FOR, enrolment.village_id)
    try:
        is_reachable = reissue_link(enrolment=enrolment, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        sent = "Undangan dengan tautan baru sedang dikirim; tautan lama tidak berlaku lagi."
        unsent = "Tautan lama tidak berlaku lagi. Tidak ada saluran ke orang ini: telepon orangnya."
        (messages.success if is_reachable else messages.warning)(request, sent if is_reachable else unsent)
    return redirect("participants:enrolment_detail", pk)


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.ANSWER_FOR, enrolment.village_id)
    try:
        revoke_link(enrolment=enrolment, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Tautan dan kode dicabut. Ganti tautannya bila orangnya perlu menjawab sendiri.")
    return redirect("participants:enrolment_detail", pk)


@require_POST
def channel_prefer(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.ANSWER_FOR, enrolment.village_id)
    form = PreferredChannelForm(request.POST, chosen=enrolment.head.preferred_channel)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["preferred_channel"]))
    elif prefer_channel(
        enrolment=enrolment, channel=form.cleaned_data["preferred_channel"], by=request.user, now=clock.now()
    ):
        messages.success(request, f"Saluran pilihan {enrolment.head} disimpan. Berlaku untuk pesan berikutnya.")
    return redirect("participants:enrolment_detail", pk)


def _form(enrolment: Enrolment, data=None) -> RecordedAnswerForm:
    action = reverse("participants:answer_record", args=[enrolment.pk])
    return RecordedAnswerForm(data, enrolment=enrolment, action=action)


def _show(request: HttpRequest, enrolment: Enrolment, form: RecordedAnswerForm, status: int = 200) -> HttpResponse:
    context = enrolment_page(enrolment, request.user)
    preference = PreferredChannelForm(chosen=enrolment.head.preferred_channel)
    context |= {"form": form, "preference": preference, "closed": recording_closed(enrolment.wave, clock.now())}
    return render(request, "participants/enrolment_detail.html", context, status=status)
