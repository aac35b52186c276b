"""The list of RT heads in office, searched and filtered."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from participants.models import RTHead
from rtportal.accounts.models import User
from rtportal.accounts.scope import scope_of
from rtportal.lib import phones
from rtportal.regions.codes import within_q
from rtportal.regions.models import Region

_RT = re.compile(r"(?:rt)?[ .]*0*([1-9]\d{0,2})([a-z]?)", re.IGNORECASE)


@dataclass(frozen=True)
class HeadFilter:
    """What is asked for; empty and False ask for nothing."""

    search: str = ""
    district: str = ""
    village: str = ""
    lacks_phone: bool = False
    lacks_email: bool = False

    @property
    def is_empty(self) -> bool:
        return self == HeadFilter()


def heads_of(user: User, asked: HeadFilter) -> QuerySet[RTHead]:
    """The current heads a user may see, by kelurahan/desa, RW and RT, with RT, village and kecamatan."""
    heads = RTHead.objects.current().visible_to(user).select_related("rt__village__parent")
    if area := asked.village or asked.district:
        heads = heads.filter(within_q("rt__village_id", [area]))
    if asked.lacks_phone:
        heads = heads.filter(phone="")
    if asked.lacks_email:
        heads = heads.filter(email="")
    if asked.search:
        heads = heads.filter(_matches(asked.search))
    return heads.order_by("rt__village_id", "rt__rw", "rt__number")


def _matches(search: str) -> Q:
    """A name by all the words, an RT by its number ("RT 5", "005"), a telephone by its whole number."""
    found = Q()
    for word in search.split():
        found &= Q(name__icontains=word)
    if number := _RT.fullmatch(search):
        found |= Q(rt__number=f"{int(number[1]):03d}{number[2].upper()}")
    if phone := phones.searched(search):
        found |= Q(phone=phone)
    return found


def districts_of(user: User) -> list[Region]:
    """The kecamatan in which the user sees anybody."""
    scope = scope_of(user)
    inside = within_q("code", scope.areas) | Q(code__in=scope.above)
    return list(Region.objects.districts().filter(inside).order_by("name", "code"))


def villages_of(user: User, district: str) -> list[Region]:
    """The villages of a kecamatan that the user sees; none without a kecamatan."""
    if not district:
        return []
    villages = Region.objects.villages().filter(scope_of(user).rows("code"), parent_id=district)
    return list(villages.order_by("name", "code"))
