"""Moving people of a wave to another one or onto its waiting list, and swapping two."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from participants.forms.moves import MoveForm
from participants.moving import MoveRefused, SeatsRefused
from participants.queries.enrolment_page import enrolments_with_wave
from participants.queries.moves import move_preview, swap_candidates, targets_of
from participants.queries.wave_pages import wave_page
from participants.use_cases.move_participants import move_participants
from participants.use_cases.swap_participants import swap_participants
from participants.use_cases.wait_for_wave import wait_for_wave
from participants.views.selection import chosen_people, posted_people
from programs.models import Wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands
from rtportal.web.access import fetch, require
from rtportal.web.paging import page_of
from rtportal.web.search import search_text
from rtportal.web.step_up import fresh_proof_required

# Value of the button that puts people on the waiting list instead of moving them.
WAIT = "tunggu"
# More people at once than this are moved only with a fresh proof of who does it.
_HANDFUL = 5


def _moves_many(request: HttpRequest, pk: int) -> bool:
    return request.method == "POST" and request.POST.get("peserta", "").count(",") >= _HANDFUL


@fresh_proof_required(when=_moves_many)
@require_http_methods(["GET", "HEAD", "POST"])
def enrolments_move(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means in numbers, then where to; the second step names the very people that the first one showed."""
    context = wave_page(request.user, pk, "peserta")
    wave = context["wave"]
    require(request, Right.SCHEDULE, wave.program.region_id)
    now = clock.now()
    people = posted_people(request, wave) if request.method == "POST" else chosen_people(request, wave)
    if not people:
        messages.error(request, "Pilih dahulu peserta: centang namanya, atau pilih semua di halaman ini.")
        return redirect("participants:enrolment_list", pk)
    targets = targets_of(wave, now)
    # Who has declined this very wave may wait for a seat in it.
    offered = [target.wave.pk for target in targets] + [wave.pk]
    form = MoveForm(request.POST or None, waves=offered)
    status, seats = HTTPStatus.OK, None
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return _act(request, wave, people, form)
            except SeatsRefused as refusal:
                seats = refusal.needed
                form.add_error(None, refusal.sentence)
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
    context |= {
        "form": form,
        "people": people,
        "preview": move_preview(people),
        "targets": targets,
        "seats_needed": seats,
        "wants_to_wait": (request.POST or request.GET).get("tindakan") == WAIT,
    }
    return render(request, "participants/enrolments_move.html", context, status=status)


def _act(request: HttpRequest, wave: Wave, people: list[int], form: MoveForm) -> HttpResponse:
    now, title = clock.now(), wave.program.waves.get(pk=form.target).title
    if request.POST.get("tindakan") == WAIT:
        count = wait_for_wave(enrolment_ids=people, wave_id=form.target, actor=request.user, now=now)
        messages.success(request, f"{thousands(count)} orang dimasukkan ke daftar tunggu {title}.")
        return redirect("participants:waiting_list", form.target)
    count = move_participants(
        enrolment_ids=people,
        from_wave_id=wave.pk,
        to_wave_id=form.target,
        reason=form.cleaned_data["alasan"],
        accepted_seats=form.accepted_seats,
        actor=request.user,
        now=now,
    )
    messages.success(request, f"{thousands(count)} orang dipindahkan ke {title}.")
    if count == 1:
        return redirect("participants:enrolment_detail", people[0])
    return redirect("participants:enrolment_list", wave.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_swap(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = fetch(request, enrolments_with_wave(), pk=pk)
    require(request, Right.SCHEDULE, enrolment.wave.program.region_id)
    now, search = clock.now(), search_text(request)
    if request.method == "POST":
        other = fetch(request, enrolments_with_wave(), pk=_other(request))
        require(request, Right.SCHEDULE, other.wave.program.region_id)
        try:
            swap_participants(one_id=pk, other_id=other.pk, actor=request.user, now=now)
        except MoveRefused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("participants:enrolment_swap", pk)
        messages.success(request, f"{enrolment.head} dan {other.head} sudah ditukar.")
        return redirect("participants:enrolment_detail", pk)
    context = {
        "enrolment": enrolment,
        "wave": enrolment.wave,
        "search": search,
        "page": page_of(request, swap_candidates(enrolment, request.user, now, search)),
    }
    return render(request, "participants/enrolment_swap.html", context)


def _other(request: HttpRequest) -> int:
    key = parse_key(request.POST.get("dengan", ""))
    if key is None:
        raise Http404
    return key
