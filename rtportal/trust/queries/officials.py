"""Officials as lists and pages show them."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import Right, scope_of
from rtportal.accounts.second_factor import FACTORS
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region
from rtportal.trust.models import OfficialInvitation


@dataclass(frozen=True)
class OfficialFilter:
    """What is asked of the list; empty means everybody."""

    search: str = ""
    role: str = ""
    region: str = ""
    state: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.search or self.role or self.region or self.state)


def officials_of(reader: User) -> QuerySet[User]:
    """Whoever has a role in the reader's regions, closed accounts too, each with these roles in `shown`; 3 queries."""
    seen = Assignment.objects.filter(scope_of(reader).rows("region_id"))
    shown = Prefetch("assignments", seen.select_related("region").order_by("region_id", "role"), to_attr="shown")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return (
        User.objects.filter(Exists(seen.filter(user=OuterRef("pk"))))
        .annotate(has_factor=Exists(factors))
        .prefetch_related(shown)
        .order_by("name", "pk")
    )


def filtered(reader: User, asked: OfficialFilter) -> QuerySet[User]:
    """Of `officials_of(reader)` those that fit; a role and a region must be those of one assignment there."""
    rows = officials_of(reader)
    if asked.search:
        rows = rows.filter(Q(name__icontains=asked.search) | Q(email__icontains=asked.search))
    if asked.role or asked.region:
        fits = Assignment.objects.filter(scope_of(reader).rows("region_id"), user=OuterRef("pk"))
        if asked.role:
            fits = fits.filter(role=asked.role)
        if asked.region:
            fits = fits.filter(within_q("region_id", [asked.region]))
        rows = rows.filter(Exists(fits))
    if asked.state == "nonaktif":
        return rows.filter(is_active=False)
    if asked.state == "tanpa-pengaman":
        return rows.filter(is_active=True, has_factor=False)
    return rows


def filter_regions(reader: User) -> list[Region]:
    """The regions to choose from above the list: the reader's own and the level below; one query."""
    areas = scope_of(reader).areas
    return list(Region.objects.filter(Q(code__in=areas) | Q(parent__in=areas)).order_by("code"))


def waiting_invitations(reader: User) -> QuerySet[OfficialInvitation]:
    """Invitations that were neither accepted nor taken back, into regions whose officials the reader manages."""
    return OfficialInvitation.objects.visible_to(reader).waiting().select_related("region", "invited_by")


def places_to_grant(actor: User) -> QuerySet[Region]:
    """Where the actor may give roles."""
    return Region.objects.within(scope_of(actor).areas_with(Right.MANAGE_OFFICIALS))
