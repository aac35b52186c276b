"""What is done with a plan: moving areas, reckoning again, copying, deleting, accepting."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from programs.errors import Refusal, StaleEdit
from programs.models import WavePlan
from programs.queries import plan_wishes
from programs.queries.plan_wishes import PlanRule, PlanWishes, RuleKind
from programs.queries.plans import reliefs_of
from programs.use_cases.accept_plan import accept_plan
from programs.use_cases.copy_plan import copy_plan
from programs.use_cases.delete_plan import delete_plan
from programs.use_cases.move_areas import move_areas
from programs.use_cases.save_plan import save_plan
from programs.views.plans import plan_context, plan_in_scope
from rtportal.lib import clock
from rtportal.lib.keys import parse_key
from rtportal.lib.numbers import thousands


@require_POST
def plan_move(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_in_scope(request, pk)
    areas, slot, refusal = request.POST.getlist("wilayah"), request.POST.get("tujuan", ""), None
    try:
        moved = move_areas(
            plan=plan, version=_version(request), areas=areas, slot=slot, actor=request.user, now=clock.now()
        )
    except Refusal as refused:
        refusal, moved = refused, plan_in_scope(request, pk)
    if not request.htmx and refusal is None:
        return redirect("programs:plan_detail", pk)
    context = plan_context(moved)
    if refusal:
        # What was chosen stays chosen.
        context |= {"refusal": refusal, "chosen": areas, "target": slot}
    return render(request, f"programs/{'_plan_body' if request.htmx else 'plan_detail'}.html", context)


@require_POST
def plan_redo(request: HttpRequest, pk: int) -> HttpResponse:
    """The same wishes with today's roster; with `ringankan`, the number of a relief, changed by that one."""
    plan = plan_in_scope(request, pk)
    wishes = plan_wishes.from_dict(plan.wishes)
    asked = parse_key(request.POST.get("ringankan", ""))
    if asked is not None:
        wishes = _relieved(plan, wishes, asked)
    try:
        save_plan(
            program=plan.program,
            plan=plan,
            version=_version(request),
            name=plan.name,
            wishes=wishes,
            actor=request.user,
            now=clock.now(),
        )
    except Refusal as refusal:
        _say(request, refusal)
    else:
        messages.success(request, f"{plan.name} dihitung ulang.")
    return redirect("programs:plan_detail", pk)


@require_POST
def plan_copy(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_in_scope(request, pk)
    try:
        copied = copy_plan(plan=plan, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("programs:plan_list", plan.program_id)
    messages.success(request, f"Disalin menjadi {copied.name}. Salinan ini dapat diubah tanpa mengubah aslinya.")
    return redirect("programs:plan_detail", copied.pk)


@require_POST
def plan_delete(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_in_scope(request, pk)
    try:
        delete_plan(plan=plan, actor=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("programs:plan_detail", pk)
    messages.success(request, f"{plan.name} dihapus. Tidak ada gelombang yang berubah.")
    return redirect("programs:plan_list", plan.program_id)


@require_POST
def plan_accept(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_in_scope(request, pk)
    try:
        waves = accept_plan(plan=plan, version=_version(request), actor=request.user, now=clock.now())
    except Refusal as refusal:
        _say(request, refusal)
        return redirect("programs:plan_detail", pk)
    messages.success(
        request,
        f"{thousands(len(waves))} gelombang dibuat sebagai draf. Berikutnya: susun agenda, lalu terbitkan jadwal.",
    )
    return redirect("programs:program_detail", plan.program_id)


def _version(request: HttpRequest) -> int:
    return parse_key(request.POST.get("version", "")) or 0


def _say(request: HttpRequest, refusal: Refusal) -> None:
    messages.error(request, refusal.sentence)
    if isinstance(refusal, StaleEdit):
        changes = "; ".join(f"{one.label}: {one.before} → {one.after} (oleh {one.who})" for one in refusal.changes)
        if changes:
            messages.warning(request, f"Yang berubah: {changes}.")


def _relieved(plan: WavePlan, wishes: PlanWishes, number: int) -> PlanWishes:
    """The wishes with one relief of the plan; unchanged if there is none of that number or it is not one wish."""
    reliefs = reliefs_of(plan)
    relief = reliefs[number] if number < len(reliefs) else None
    if relief is None:
        return wishes
    for area in relief.areas:
        wishes = wishes.with_rule(PlanRule(RuleKind.SPLIT, area))
    if relief.kind == "waves" and relief.number:
        return replace(wishes, wave_count=relief.number)
    if relief.kind == "most_areas" and relief.number:
        return replace(wishes, most_areas=relief.number)
    return wishes
