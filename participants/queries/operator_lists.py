"""Who has not answered in the area of each operator of a kelurahan/desa or kecamatan, and which operators there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Enrolment
from programs.models import Wave
from rtportal.accounts.models import Assignment, User
from rtportal.regions.codes import ancestors, is_within

OPERATORS = (Assignment.Role.VILLAGE_OPERATOR, Assignment.Role.DISTRICT_OPERATOR)
# A message with more names than this is not read; the list is one click away.
MOST_NAMES = 40


@dataclass(frozen=True)
class VillageList:
    """Those of one kelurahan/desa who have not answered: how many, the first names, and how many more there are."""

    name: str
    count: int
    people: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class OperatorList:
    """What one operator is told about one wave; never anybody out of the operator's own areas."""

    operator: User
    villages: list[VillageList]

    @property
    def count(self) -> int:
        return sum(village.count for village in self.villages)


def operators_of(wave: Wave) -> dict[User, str]:
    """Active operators in whose areas somebody of the wave has not answered, each with the code of one such area.

    Two queries.
    """
    villages = set(_unanswered().filter(wave=wave).values_list("village_id", flat=True))
    areas = villages.union(*(ancestors(code) for code in villages))
    rows = Assignment.objects.filter(role__in=OPERATORS, region__in=areas, user__is_active=True)
    found: dict[User, str] = {}
    for row in rows.select_related("user").order_by("user", "region"):
        found.setdefault(row.user, row.region_id)
    return found


def operator_lists(asked: Iterable[tuple[int, int]]) -> dict[tuple[int, int], OperatorList]:
    """By primary keys of wave and user; without those who have nobody (any more). Three queries however many."""
    asked = set(asked)
    users = User.objects.filter(is_active=True).in_bulk({user for _, user in asked})
    areas: dict[int, list[str]] = defaultdict(list)
    for user, region in Assignment.objects.filter(role__in=OPERATORS, user__in=users).values_list("user", "region"):
        areas[user].append(region)
    rows = _unanswered().filter(wave__in={wave for wave, _ in asked}).select_related("head__rt", "village")
    waiting: dict[int, dict[str, list[Enrolment]]] = defaultdict(lambda: defaultdict(list))
    for enrolment in rows.order_by("village__name", "village_id", "head__rt__rw", "head__rt__number", "pk"):
        waiting[enrolment.wave_id][enrolment.village_id].append(enrolment)
    lists = {}
    for wave, user in asked & {(wave, user) for wave in waiting for user in users}:
        mine = [
            people
            for code, people in waiting[wave].items()
            if any(is_within(code, area) for area in areas.get(user, ()))
        ]
        if mine:
            lists[wave, user] = OperatorList(users[user], _shortened(mine))
    return lists


def _unanswered():
    return Enrolment.objects.active().unanswered().filter(wave__cancelled_at=None)


def _shortened(villages: list[list[Enrolment]]) -> list[VillageList]:
    left, lists = MOST_NAMES, []
    for people in villages:
        names = [f"{one.head.rt.label}, {one.head.full_name}" for one in people[:left]]
        lists.append(VillageList(people[0].village.full_name, len(people), names))
        left -= len(names)
    return lists
