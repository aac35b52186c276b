"""Plans of a programme: the list, the form, one of them, several side by side."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from participants.queries.plan_areas import divisible, places_of, plan_areas
from programs.errors import Refusal
from programs.forms.plans import PlanForm, rule_forms, rules_of
from programs.models import Program, Venue, WaveArea, WavePlan
from programs.planner.problem import from_dict
from programs.queries import plan_wishes
from programs.queries.free_slots import free_slots
from programs.queries.plan_comparison import compare
from programs.queries.plan_days import marks_of, notable_days
from programs.queries.plan_words import length_words
from programs.queries.plans import board, first_number, overtaken, plan_rows, reliefs_of, roster_changes
from programs.use_cases.save_plan import save_plan
from rtportal.accounts.scope import Right
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.regions.models import Region
from rtportal.web.access import fetch, require
from rtportal.web.paging import page_of

# More columns fit on no screen.
MOST_COMPARED = 4


@require_safe
def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    program = _program(request, pk)
    plans = program.plans.defer("problem", "assignment", "wishes").select_related("created_by")
    page = page_of(request, plans)
    taken = WaveArea.objects.filter(wave__program=program).count()
    context = {"program": program, "page": page, "rows": plan_rows(page), "taken": taken}
    return render(request, "programs/plan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _program(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_update(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_in_scope(request, pk)
    if plan.accepted_at:
        messages.warning(request, "Rencana ini sudah diterima. Salin rencana ini untuk membagi ulang.")
        return redirect("programs:plan_detail", pk)
    return _edit(request, plan.program, plan)


@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_in_scope(request, pk)
    page = "_plan_body" if request.htmx else "plan_detail"
    response = render(request, f"programs/{page}.html", plan_context(plan))
    # "Kembali" must not bring a division back as it was before.
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def plan_compare(request: HttpRequest, pk: int) -> HttpResponse:
    program = _program(request, pk)
    asked = {parse_key(text) for text in request.GET.getlist("rencana")} - {None}
    plans = list(program.plans.filter(pk__in=asked).select_related("created_by").order_by("pk")[:MOST_COMPARED])
    if len(plans) < 2:
        messages.info(request, "Pilih paling sedikit dua rencana untuk dibandingkan.")
        return redirect("programs:plan_list", pk)
    context = {"program": program, "comparison": compare(plans, first_number(program))}
    return render(request, "programs/plan_compare.html", context)


def plan_in_scope(request: HttpRequest, pk: int) -> WavePlan:
    """The plan with its programme and region, for whoever may schedule there."""
    plan = fetch(request, WavePlan.objects.select_related("program__region", "created_by"), pk=pk)
    require(request, Right.SCHEDULE, plan.program.region_id)
    return plan


def plan_context(plan: WavePlan) -> dict:
    """What `_plan_body.html` shows. A fixed number of queries, whatever the size of the plan."""
    wishes = plan_wishes.from_dict(plan.wishes)
    context = {"plan": plan, "program": plan.program, "wishes": wishes, "now": clock.now()}
    context["level"] = plan_wishes.LEVELS[wishes.level]
    context["length"] = length_words(wishes, clock.zone_label(plan.program.region.time_zone, plan.created_at))
    if plan.state == WavePlan.State.WAITING:
        return context | {"area_count": len(plan.problem["areas"])}
    if not plan.accepted_at:
        live = plan_areas(plan.program, wishes)
        free, context["taken_slots"] = free_slots(plan.program, wishes)
        context["roster_changes"] = roster_changes(from_dict(plan.problem), live)
        context["overtaken"] = overtaken(plan, live, free)
    marks = marks_of(plan, wishes)
    waves = []
    if plan.state == WavePlan.State.IMPOSSIBLE:
        reliefs = reliefs_of(plan)
        parted = divisible(plan.program, {code for relief in reliefs for code in relief.areas})
        context["reliefs"] = [(relief, parted.issuperset(relief.areas)) for relief in reliefs]
    if plan.state == WavePlan.State.SOLVED:
        context["board"] = board(plan, marks)
        waves = [(wave.number, wave.slot) for wave in context["board"].waves]
    notable = notable_days(wishes, marks, waves)
    # What the plan takes comes first; where nothing fits every wished day is one that may be taken.
    context["notable_days"] = [day for day in notable if day.waves or not waves]
    context["notable_spare"] = [day for day in notable if waves and not day.waves]
    return context


def _program(request: HttpRequest, pk: int) -> Program:
    program = fetch(request, Program.objects.select_related("region"), pk=pk)
    require(request, Right.SCHEDULE, program.region_id)
    return program


def _edit(request: HttpRequest, program: Program, plan: WavePlan | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    places = places_of(program)
    venues = Venue.objects.filter(region=program.region_id)
    districts = list(Region.objects.districts().within([program.region_id]).order_by("code"))
    form = PlanForm(data, program=program, districts=districts, venues=venues, plan=plan)
    rules = rule_forms(data, places, plan)
    # Both are asked, so that every mistake is shown at once.
    if data is not None and all([form.is_valid(), rules.is_valid()]):
        try:
            saved = save_plan(
                program=program,
                plan=plan,
                version=form.cleaned_data["version"],
                name=form.cleaned_data["name"],
                wishes=form.wishes(rules_of(rules)),
                actor=request.user,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("programs:plan_detail", saved.pk)
    context = {"form": form, "rules": rules, "program": program, "plan": plan, "places": places}
    context["has_venues"] = venues.exists()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, f"programs/plan_{'update' if plan else 'create'}.html", context, status=status)
