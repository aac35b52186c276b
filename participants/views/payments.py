"""Money of a wave: transport money of those who came, fees of the speakers."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from participants.forms.payments import FeeForm, fee_forms
from participants.models import Enrolment, Payment
from participants.queries.payments import STATES, payment_rows, payment_totals, receiver_of, tax_of
from participants.queries.wave_pages import wave_page
from participants.use_cases.record_payments import record_payments
from participants.use_cases.take_back_payment import take_back_payment
from programs.errors import Refusal
from programs.models import Wave
from programs.queries.papers import paper_settings
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.web.access import fetch, require
from rtportal.web.paging import page_of
from rtportal.web.search import search_text
from sessions.queries.speaker_fees import fee_lines
from sessions.use_cases.set_speaker_fees import set_speaker_fees

_WAVES = Wave.objects.select_related("program__region")


@require_safe
def payment_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@require_POST
def payments_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who came but those ticked under `kecuali`; with `peserta`, that person alone."""
    wave = fetch(request, _WAVES, pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    typed = request.POST.getlist("peserta")
    only = [parse_key(key) for key in typed] if typed else None
    if only and None in only:
        raise Http404
    left_out = [key for key in map(parse_key, request.POST.getlist("kecuali")) if key is not None]
    try:
        made = record_payments(wave=wave, by=request.user, now=clock.now(), only=only, leave_out=left_out)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        if made:
            messages.success(request, f"Uang transpor {thousands(len(made))} orang dicatat sudah dibayar.")
        else:
            messages.info(request, "Tidak ada yang dicatat: semua yang hadir sudah dibayar.")
    return redirect("participants:payment_list", pk)


@require_POST
def payment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Payment.objects.select_related("enrolment__wave__program").filter(
        enrolment__in=Enrolment.objects.visible_to(request.user)
    )
    payment = rows.filter(pk=pk).first()
    if payment is None:
        raise Http404
    wave = payment.enrolment.wave
    require(request, Right.SCHEDULE, wave.program.region_id)
    if take_back_payment(payment=payment, by=request.user, now=clock.now()):
        messages.success(request, f"Catatan pembayaran {payment.received_by} dibatalkan.")
    return redirect("participants:payment_list", wave.pk)


@require_POST
def speaker_fees_set(request: HttpRequest, pk: int) -> HttpResponse:
    wave = fetch(request, _WAVES, pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    forms = fee_forms(request.POST, fee_lines(wave))
    faulty = [form for form in forms if not form.is_valid()]
    if not faulty:
        wishes = [form.wish() for form in forms]
        try:
            changed = set_speaker_fees(wave=wave, wishes=wishes, by=request.user, now=clock.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            told = f"Honor {thousands(changed)} narasumber disimpan." if changed else "Tidak ada honor yang berubah."
            messages.success(request, told)
            return redirect("participants:payment_list", pk)
    return _page(request, pk, forms)


def _page(request: HttpRequest, pk: int, forms: list[FeeForm] | None = None) -> HttpResponse:
    context = wave_page(request.user, pk, "berkas")
    wave = context["wave"]
    state, search = request.GET.get("keadaan", ""), search_text(request)
    page = page_of(request, payment_rows(wave, request.user, state=state, search=search))
    settings = paper_settings(wave.program_id)
    for person in page.object_list:
        person.receiver = receiver_of(person)
    context |= {
        "page": page,
        "totals": payment_totals(wave, request.user),
        "states": STATES.items(),
        "state": state if state in STATES else "",
        "search": search,
        "amount": settings.transport_amount,
        "tax": tax_of(settings.transport_amount, settings.transport_tax),
        "has_begun": clock.now() >= wave.starts_at,
        "fees": fee_forms(None, fee_lines(wave)) if forms is None else forms,
    }
    status = HTTPStatus.OK if forms is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "participants/payment_list.html", context, status=status)
