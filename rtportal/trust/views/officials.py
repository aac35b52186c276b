"""Officials: the list, one of them, and what admins do with accounts and roles."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import Right, scope_of
from rtportal.lib import clock
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.forms.officials import RoleForm, region_label
from rtportal.trust.queries.officials import (
    OfficialFilter,
    filter_regions,
    filtered,
    officials_of,
    places_to_grant,
    waiting_invitations,
)
from rtportal.trust.rules import may_grant, may_touch
from rtportal.trust.use_cases.add_assignment import add_assignment
from rtportal.trust.use_cases.change_assignment import change_assignment
from rtportal.trust.use_cases.deactivate_official import deactivate_official
from rtportal.trust.use_cases.end_assignment import end_assignment
from rtportal.trust.use_cases.reactivate_official import reactivate_official
from rtportal.trust.use_cases.reset_second_factor import reset_second_factor
from rtportal.web.access import require_anywhere
from rtportal.web.paging import page_of
from rtportal.web.search import search_text
from rtportal.web.step_up import fresh_proof_required

STATES = {"nonaktif": "Akun nonaktif", "tanpa-pengaman": "Tanpa pengaman kedua"}
# More places than this are found by typing their code, not in a list.
_LISTED_PLACES = 400


@require_safe
def official_list(request: HttpRequest) -> HttpResponse:
    """Who is responsible where. Invitations that nobody took up yet stand above it for admins."""
    regions = filter_regions(request.user)
    asked = OfficialFilter(
        search=search_text(request),
        role=_known(request.GET.get("peran", ""), Assignment.Role.values),
        region=_known(request.GET.get("wilayah", ""), [region.code for region in regions]),
        state=_known(request.GET.get("keadaan", ""), STATES),
    )
    may_manage = scope_of(request.user).may_anywhere(Right.MANAGE_OFFICIALS)
    context = {
        "page": page_of(request, filtered(request.user, asked)),
        "asked": asked,
        "roles": Assignment.Role.choices,
        "regions": regions,
        "states": STATES.items(),
        "may_manage": may_manage,
        "invitations": waiting_invitations(request.user)[:50] if may_manage else [],
        "now": clock.now(),
    }
    return render(request, "trust/official_list.html", context)


@require_safe
def official_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One official: roles in the reader's regions, the state of the account, what the reader may do about it."""
    require_anywhere(request, Right.MANAGE_OFFICIALS)
    official = get_object_or_404(officials_of(request.user), pk=pk)
    is_self = official.pk == request.user.pk
    roles = [(each, not is_self and may_grant(request.user, each.role, each.region_id)) for each in official.shown]
    context = {
        "official": official,
        "roles": roles,
        "is_self": is_self,
        "may_touch": may_touch(request.user, official),
    }
    return render(request, "trust/official_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required(when=lambda request, pk: request.method == "POST")
def assignment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more role for an official."""
    require_anywhere(request, Right.MANAGE_OFFICIALS)
    official = get_object_or_404(officials_of(request.user), pk=pk)
    form = RoleForm(request.POST if request.method == "POST" else None, actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            add_assignment(official=official, **form.cleaned_data, actor=request.user, now=clock.now())
        except OfficialRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Peran baru untuk {official} tersimpan.")
            return redirect("trust:official_detail", official.pk)
    return _role_page(request, official, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required(when=lambda request, pk: request.method == "POST")
def assignment_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role or region in the place of one."""
    assignment = _assignment(request, pk)
    initial = {"role": assignment.role, "region": region_label(assignment.region)}
    form = RoleForm(request.POST if request.method == "POST" else None, actor=request.user, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_assignment(assignment=assignment, **form.cleaned_data, actor=request.user, now=clock.now())
        except OfficialRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Peran {assignment.user} tersimpan.")
            return redirect("trust:official_list")
    return _role_page(request, assignment.user, form, assignment)


@fresh_proof_required
@require_POST
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    try:
        end_assignment(assignment=assignment, actor=request.user, now=clock.now())
    except OfficialRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("trust:official_detail", assignment.user_id)
    messages.success(request, f"Peran {assignment.user} di {assignment.region.full_name} diakhiri.")
    return redirect("trust:official_list")


@fresh_proof_required
@require_POST
def official_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _about_account(request, pk, deactivate_official, "Akun {} dinonaktifkan dan keluar dari semua perangkat.")


@fresh_proof_required
@require_POST
def official_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _about_account(request, pk, reactivate_official, "Akun {} aktif kembali dengan peran yang sama.")


@fresh_proof_required
@require_POST
def official_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    return _about_account(request, pk, reset_second_factor, "Pengaman kedua {} dihapus. Ia dapat memasang yang baru.")


def _about_account(request: HttpRequest, pk: int, use_case: Callable[..., bool], done: str) -> HttpResponse:
    require_anywhere(request, Right.MANAGE_OFFICIALS)
    official = get_object_or_404(officials_of(request.user), pk=pk)
    try:
        has_changed = use_case(official=official, actor=request.user, now=clock.now())
    except OfficialRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done.format(official) if has_changed else "Tidak ada yang perlu diubah.")
    return redirect("trust:official_detail", official.pk)


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    """A role in the reader's regions; 404 outside, 403 for who manages no officials."""
    require_anywhere(request, Right.MANAGE_OFFICIALS)
    rows = Assignment.objects.filter(scope_of(request.user).rows("region_id")).select_related("user", "region")
    return get_object_or_404(rows, pk=pk)


def _role_page(request: HttpRequest, official: User, form: RoleForm, assignment: Assignment | None) -> HttpResponse:
    context = {"official": official, "form": form, "assignment": assignment, "places": listed_places(request.user)}
    return render(request, "trust/assignment_form.html", context, status=422 if form.errors else 200)


def listed_places(actor: User) -> list[str]:
    """What the field for a region suggests: the largest regions first, as many as a list bears; one query."""
    found = list(places_to_grant(actor).order_by("level", "code")[:_LISTED_PLACES])
    return [region_label(region) for region in found]


def _known(value: str, known) -> str:
    return value if value in known else ""
