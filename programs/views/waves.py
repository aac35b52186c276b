"""The form of a wave, and its live count of heads and seats."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.queries.area_choices import area_choices
from programs.errors import Refusal
from programs.forms.waves import WaveForm
from programs.models import Program, Venue, Wave
from programs.use_cases.reschedule_wave import reschedule_wave
from programs.use_cases.schedule_wave import schedule_wave
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.web.access import fetch, require

# Buttons that work on the form without saving it, for browsers without JavaScript.
_COUNT, _SELECT_ALL = "hitung", "pilih-semua"


@require_http_methods(["GET", "HEAD", "POST"])
def wave_create(request: HttpRequest, pk: int) -> HttpResponse:
    program = _program(request, pk)
    form = _form(request, program)
    if form.is_bound and form.is_valid():
        try:
            wave = schedule_wave(program=program, **form.wishes(), actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{wave.title} dijadwalkan: {wave.span_words}. Berikutnya: susun agendanya.")
            return redirect("participants:wave_detail", wave.pk)
    return render(request, "programs/wave_create.html", {"form": form, "program": program})


@require_http_methods(["GET", "HEAD", "POST"])
def wave_update(request: HttpRequest, pk: int) -> HttpResponse:
    wave = fetch(request, Wave.objects.select_related("program__region", "venue"), pk=pk)
    require(request, Right.SCHEDULE, wave.program.region_id)
    form = _form(request, wave.program, wave)
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            saved = reschedule_wave(wave=wave, version=version, **form.wishes(), actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _say_saved(request, wave, saved)
            return redirect("participants:wave_detail", wave.pk)
    context = {"form": form, "program": wave.program, "wave": wave}
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
    choices = _choices(program, wave)
    if _COUNT not in request.POST and _SELECT_ALL not in request.POST:
        return WaveForm(request.POST if request.method == "POST" else None, **choices)
    form = WaveForm(draft=request.POST, **choices)
    if _SELECT_ALL in request.POST:
        form.select_all_free()
    return form


def _choices(program: Program, wave: Wave | None) -> dict:
    venues = Venue.objects.filter(region=program.region_id)
    return {"program": program, "wave": wave, "venues": venues, "choices": area_choices(program, wave)}


def _say_saved(request: HttpRequest, before: Wave, after: Wave) -> None:
    messages.success(request, f"{after.title} disimpan: {after.span_words}.")
    if not after.invitations_opened_at:
        return
    if (before.starts_at, before.ends_at, before.venue_id) != (after.starts_at, after.ends_at, after.venue_id):
        messages.warning(
            request,
            "Undangan sudah dibuka: tautan pribadi langsung menampilkan waktu dan tempat yang baru, dan pengingat "
            "ikut berpindah. Ketua RT yang sudah diundang belum diberi tahu tentang perubahan ini.",
        )
