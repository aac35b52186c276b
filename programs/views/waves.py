"""The form of a wave, and its live count of heads and seats."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.queries.area_choices import area_choices
from participants.schedule_change import Acceptance
from programs.errors import Refusal
from programs.forms.waves import WaveForm
from programs.models import Program, Venue, Wave
from programs.use_cases.reschedule_wave import NeedsAcceptance, reschedule_wave
from programs.use_cases.schedule_wave import schedule_wave
from programs.views.return_path import return_path
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.web.access import fetch, require
from rtportal.web.step_up import fresh_proof_required

# Buttons that work on the form without saving it, for browsers without JavaScript.
_COUNT, _SELECT_ALL = "hitung", "pilih-semua"
# What the preview of a published wave's change sends along with everything typed.
_ACCEPTANCE, _ACKNOWLEDGED = "pratinjau", "setujui"


def _publishes(request: HttpRequest, pk: int) -> bool:
    """Whether the preview is accepted: then everybody who was told is told again."""
    return bool(request.POST.get(_ACCEPTANCE))


@require_http_methods(["GET", "HEAD", "POST"])
def wave_create(request: HttpRequest, pk: int) -> HttpResponse:
    program = _program(request, pk)
    form = _form(request, program)
    if form.is_bound and form.is_valid():
        try:
            wishes = form.wishes() | {"is_catch_up": form.is_catch_up}
            wave = schedule_wave(program=program, **wishes, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{wave.title} dijadwalkan: {wave.span_words}. Berikutnya: susun agendanya.")
            return redirect(return_path(request, "participants:wave_detail", wave.pk))
    return render(request, "programs/wave_create.html", {"form": form, "program": program})


@fresh_proof_required(when=_publishes)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_update(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; when people may know the schedule, a preview of what the change means for them stands in between."""
    wave = fetch(request, Wave.objects.select_related("program__region", "venue"), pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    form = _form(request, wave.program, wave)
    context = {"form": form, "program": wave.program, "wave": wave}
    if form.is_bound and form.is_valid():
        accepted = _acceptance(request)
        wishes = form.wishes() | {"version": form.cleaned_data["version"], "acceptance": accepted}
        try:
            saved = reschedule_wave(wave=wave, **wishes, actor=request.user, now=clock.now())
        except NeedsAcceptance as needed:
            return render(request, "programs/wave_update_preview.html", context | _preview(request, needed, accepted))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _say_saved(request, wave, saved)
            return redirect("participants:wave_detail", wave.pk)
    return render(request, "programs/wave_update.html", context)


@require_safe
def wave_head_count(request: HttpRequest, pk: int) -> HttpResponse:
    """The count for the areas and the venue in the query string; `gelombang` is the wave being changed, if any."""
    program = _program(request, pk)
    waves = program.waves.select_related("program__region")
    asked = parse_key(request.GET.get("gelombang", ""))
    wave = get_object_or_404(waves, pk=asked) if asked is not None else None
    form = WaveForm(draft=request.GET, **_choices(program, wave))
    return render(request, "programs/_head_count.html", {"seats": form.seats})


def _program(request: HttpRequest, pk: int) -> Program:
    program = fetch(request, Program.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    return program


def _form(request: HttpRequest, program: Program, wave: Wave | None = None) -> WaveForm:
    choices = _choices(program, wave) | {"is_catch_up": "susulan" in request.GET}
    if _COUNT not in request.POST and _SELECT_ALL not in request.POST:
        return WaveForm(request.POST if request.method == "POST" else None, **choices)
    form = WaveForm(draft=request.POST, **choices)
    if _SELECT_ALL in request.POST:
        form.select_all_free()
    return form


def _choices(program: Program, wave: Wave | None) -> dict:
    venues = Venue.objects.filter(region=program.region_id)
    return {"program": program, "wave": wave, "venues": venues, "choices": area_choices(program, wave)}


def _acceptance(request: HttpRequest) -> Acceptance | None:
    token = request.POST.get(_ACCEPTANCE)
    return Acceptance(token, frozenset(request.POST.getlist(_ACKNOWLEDGED))) if token else None


def _preview(request: HttpRequest, needed: NeedsAcceptance, accepted: Acceptance | None) -> dict:
    """Everything typed goes along as hidden fields, so nothing is lost whichever button is pressed."""
    own = {"csrfmiddlewaretoken", _ACCEPTANCE, _ACKNOWLEDGED}
    typed = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    return {
        "preview": needed.preview,
        "typed": typed,
        "ticked": needed.preview.known | (accepted.acknowledged if accepted else frozenset()),
        "is_new": needed.is_new,
        "lacks_tick": accepted is not None and not needed.is_new,
    }


def _say_saved(request: HttpRequest, before: Wave, after: Wave) -> None:
    messages.success(request, f"{after.title} disimpan: {after.span_words}.")
    if before.publication_id != after.publication_id:
        messages.info(
            request,
            "Jadwal baru sudah terbit. Siapa pun yang sudah diberi tahu mendapat satu pesan perubahan; kemajuannya "
            "ada di bagian Undangan.",
        )
