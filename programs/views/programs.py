"""Programmes: the list, one of them, and its form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.queries.wave_rows import wave_rows
from programs.errors import Refusal
from programs.forms.programs import ProgramForm
from programs.models import Office, Program
from programs.queries.pages import programs_of
from programs.queries.reach_chain import chain_words
from programs.use_cases.create_program import create_program
from programs.use_cases.update_program import update_program
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.regions.codes import within_q
from rtportal.web.access import fetch, require, require_anywhere
from rtportal.web.paging import page_of

_FIELDS = ("office", "name", "kind", "aim", "letter_number", "companions", "answer_days_before", "minutes_per_jp")
_FIELDS += ("reach_chain", "substitutes", "substitute_limit", "substitute_letter", "bring", "records_hours")


@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, programs_of(request.user))
    may_create = scope_of(request.user).may_anywhere(Right.SCHEDULE)
    return render(request, "programs/program_list.html", {"page": page, "may_create": may_create})


@require_safe
def program_detail(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, Program.objects.select_related("region", "office"), pk=pk)
    waves = program.waves.select_related("venue", "program__region")
    context = {
        "program": program,
        "rows": wave_rows(waves, clock.now()),
        "rules": program.reminder_rules.all(),
        "chain": chain_words(program.reach_chain),
        "may_schedule": scope_of(request.user).may(Right.SCHEDULE, program.region_id),
    }
    return render(request, "programs/program_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def program_create(request: HttpRequest) -> HttpResponse:
    require_anywhere(request, Right.SCHEDULE)
    areas = scope_of(request.user).areas_with(Right.SCHEDULE)
    offices = Office.objects.filter(within_q("region_id", areas)).select_related("region")
    if not offices.exists():
        return render(request, "programs/program_create.html", {"needs_office": True})
    form = ProgramForm(request.POST if request.method == "POST" else None, offices=offices)
    if form.is_bound and form.is_valid():
        wishes = {name: form.cleaned_data[name] for name in _FIELDS}
        try:
            program = create_program(**wishes, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Program disimpan. Sekarang tambahkan gelombangnya.")
            return redirect("programs:program_detail", program.pk)
    return render(request, "programs/program_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def program_update(request: HttpRequest, pk: int) -> HttpResponse:
    program = fetch(request, Program.objects.select_related("region", "office"), pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    offices = Office.objects.filter(region=program.region_id)
    form = ProgramForm(request.POST if request.method == "POST" else None, offices=offices, program=program)
    if form.is_bound and form.is_valid():
        wishes = {name: form.cleaned_data[name] for name in _FIELDS}
        version = form.cleaned_data["version"]
        try:
            update_program(program=program, version=version, **wishes, actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Perubahan program disimpan.")
            return redirect("programs:program_detail", program.pk)
    return render(request, "programs/program_update.html", {"form": form, "program": program})
