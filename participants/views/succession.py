"""An RT has a new head, and a place that stayed with a former one."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from participants.forms.succession import ReplaceHeadForm
from participants.models import RTHead
from participants.queries.enrolment_page import enrolments_with_wave
from participants.queries.succession_preview import succession_preview
from participants.succession import HandedOver
from participants.use_cases.pass_to_successor import pass_to_successor
from participants.use_cases.replace_head import replace_head
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.errors import InputError
from rtportal.lib.numbers import thousands
from rtportal.web.access import fetch, require


@require_http_methods(["GET", "HEAD", "POST"])
def head_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """What will pass, and the new head."""
    head = fetch(request, RTHead.objects.select_related("rt__village__parent"), pk=pk)
    require(request, Right.MANAGE_ROSTER, head.rt.village_id)
    now = clock.now()
    if not head.is_current:
        messages.info(request, f"{head} tidak lagi menjabat.")
        return redirect("participants:head_list")
    form = ReplaceHeadForm(request.POST if request.method == "POST" else None, initial={"status": head.status})
    if form.is_bound and form.is_valid():
        try:
            passed = replace_head(head=head, by=request.user, now=now, **form.cleaned_data)
        except InputError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Ketua {head.rt} {head.rt.village.full_name} berganti. {_words(passed)}")
            return redirect("participants:head_list")
    context = {"head": head, "form": form, "preview": succession_preview(head, now=now)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "participants/head_replace.html", context, status=status)


@require_POST
def invitation_pass(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.MANAGE_ROSTER, enrolment.village_id)
    try:
        passed = pass_to_successor(enrolment=enrolment, by=request.user, now=clock.now())
    except InputError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _words(passed))
    return redirect("participants:enrolment_detail", pk)


def _words(passed: HandedOver) -> str:
    if not passed.seats:
        return "Tidak ada undangan yang beralih."
    words = [f"{thousands(passed.seats)} undangan beralih dengan tautan dan kode baru."]
    if passed.invited:
        words.append(f"{thousands(passed.invited)} undangan dikirim.")
    if passed.waiting:
        words.append(f"{thousands(passed.waiting)} menunggu kursi, karena kursinya sudah diberikan kepada orang lain.")
    if passed.unreachable:
        words.append(f"{thousands(passed.unreachable)} tidak dapat dihubungi lewat saluran mana pun: telepon orangnya.")
    if not (passed.invited or passed.waiting or passed.unreachable):
        words.append("Belum ada pesan yang dikirim: beri tahu orangnya.")
    return " ".join(words)
