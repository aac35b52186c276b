"""The one source of a wave's or programme's counts: from the heads it is meant for to those who were paid.

Whoever prints a total (page, file or paper) asks here, so that it is the same everywhere. What each number means:

- target (sasaran): RTs with a head in office in the areas of the wave; of a programme in its region.
- allocated (dialokasikan): places. Everybody enrolled, and of the target whoever is in no wave but belongs to this
  one (of a programme: to the area of one of its waves) and is enrolled when invitations open.
  allocated = target - elsewhere - unplaced - stranded + from_outside + continued + vacant.
- invited (diundang): enrolled, and the invitations of the wave are open. Before that: whoever was written to all the
  same (they came from an open wave), has answered or was in the hall (a guest who was matched to a head).
  allocated = invited + uninvited.
- told (diberi tahu): invited, and an invitation reached them or they answered, as in `reach_plan`.
- answered (menjawab): invited, and their last answer stands.
- present, represented, absent (hadir, diwakili, tidak hadir): in some session themselves; in some session through a
  substitute; in none when the wave is over. pending is in none and the wave is not over, or never took place.
  invited = present + represented + absent + pending.
- certified (sertifikat): hold a certificate that was not revoked. paid (dibayar): a payment is recorded.

Nobody is counted twice. A wave counts everybody who is on its list, also the absent who were continued elsewhere. A
programme counts a person where they are now: the absent in the later wave, the moved where they went, and nobody in a
cancelled wave; a place belongs to the office, so a successor is no second person beside the predecessor.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from participants.models import RTHead
from participants.queries.reconciled_people import FLAGS, HEAD_RULES, RULES, SUMS, Rule, Subject, enrolled_in, heads_for
from programs.models import Program, Wave
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.regions.codes import DISTRICT, cut
from rtportal.regions.models import Region


@dataclass
class Numbers:
    """Numbers of one area, or of all of them; the head of this file says what they mean."""

    target: int = 0
    elsewhere: int = 0
    stranded: int = 0
    unplaced: int = 0
    waiting: int = 0
    enrolled: int = 0
    vacant: int = 0
    continued: int = 0
    from_outside: int = 0
    # Absent, and on the list of a later wave now; of these, who is recorded here after all.
    continued_on: int = 0
    came_after_all: int = 0
    held_back: int = 0
    invited: int = 0
    told: int = 0
    untold: int = 0
    answered: int = 0
    unanswered: int = 0
    # Of those who answered: through a substitute; of these, who still waits for approval or has no letter.
    by_substitute: int = 0
    to_approve: int = 0
    without_letter: int = 0
    present: int = 0
    represented: int = 0
    came: int = 0
    unannounced: int = 0
    absent: int = 0
    pending: int = 0
    certified: int = 0
    uncertified: int = 0
    certified_absent: int = 0
    paid: int = 0
    unpaid: int = 0
    paid_absent: int = 0

    @property
    def allocated(self) -> int:
        return self.waiting + self.enrolled

    @property
    def uninvited(self) -> int:
        return self.waiting + self.held_back

    def add(self, other: "Numbers") -> None:
        for name in _NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))


_NAMES = tuple(one.name for one in fields(Numbers))


@dataclass(frozen=True)
class VillageNumbers:
    village: Region
    numbers: Numbers


@dataclass(frozen=True)
class DistrictNumbers:
    district: Region
    numbers: Numbers
    villages: list[VillageNumbers]


@dataclass(frozen=True)
class Reconciliation:
    """All numbers in the user's scope as of `counted_at`; kecamatan and kelurahan/desa by code, those with people."""

    counted_at: datetime
    total: Numbers
    districts: list[DistrictNumbers]


def wave_numbers(wave: Wave, user: User, *, now: datetime | None = None) -> Reconciliation:
    """Of one wave, which comes with `program`. At most five queries, however many people there are."""
    return _numbers(wave, user, now or clock.now())


def program_numbers(program: Program, user: User, *, now: datetime | None = None) -> Reconciliation:
    """Of all waves of a programme that take place. At most five queries, however many people there are."""
    return _numbers(program, user, now or clock.now())


def people_in(subject: Subject, user: User, stage: str, area: str = "", *, now: datetime | None = None) -> QuerySet:
    """The people behind one number, by kelurahan/desa, RW and RT: rows of Enrolment, or of RTHead where not all of
    them are enrolled (the names in HEAD_RULES and SUMS).

    `stage` is the name of a number, `area` the code of a kecamatan or kelurahan/desa, "" for all. Raises KeyError for
    a number there is not.
    """
    moment = now or clock.now()
    if stage in RULES:
        rows = enrolled_in(subject, user, area, moment).filter(RULES[stage].q)
        return rows.order_by("village_id", "head__rt__rw", "head__rt__number", "pk")
    if stage in SUMS:
        heads, people = SUMS[stage]
        waiting = heads_for(subject, user, area).filter(HEAD_RULES[heads].q).order_by()
        placed = enrolled_in(subject, user, area, moment).filter(RULES[people].q).order_by()
        rows = RTHead.objects.filter(Q(pk__in=waiting.values("pk")) | Q(pk__in=placed.values("head")))
    else:
        rows = heads_for(subject, user, area).filter(HEAD_RULES[stage].q)
    return rows.order_by("rt__village_id", "rt__rw", "rt__number", "pk")


def _numbers(subject: Subject, user: User, now: datetime) -> Reconciliation:
    villages: defaultdict[str, Numbers] = defaultdict(Numbers)
    heads = heads_for(subject, user).order_by().values("place", village=F("rt__village_id"))
    _add(villages, heads.annotate(people=Count("pk")), HEAD_RULES, ("place",))
    people = enrolled_in(subject, user, "", now).order_by().values(*FLAGS, "village_id")
    _add(villages, people.annotate(people=Count("pk")), RULES, FLAGS)
    regions = Region.objects.in_bulk({*villages, *(cut(code, DISTRICT) for code in villages)})
    total, districts = Numbers(), {}
    for code in sorted(villages):
        district = cut(code, DISTRICT)
        if district not in districts:
            districts[district] = DistrictNumbers(regions[district], Numbers(), [])
        found = districts[district]
        found.villages.append(VillageNumbers(regions[code], villages[code]))
        found.numbers.add(villages[code])
        total.add(villages[code])
    return Reconciliation(now, total, list(districts.values()))


def _add(villages: dict[str, Numbers], rows: Iterable[dict], rules: Mapping[str, Rule], keys: tuple[str, ...]) -> None:
    """Add groups of people to every number that counts them; the rules are asked once for each kind of group."""
    counted: dict[tuple, list[str]] = {}
    for row in rows:
        kind = tuple(row[key] for key in keys)
        if kind not in counted:
            counted[kind] = [name for name, rule in rules.items() if rule.fits(row)]
        numbers = villages[row["village"] if "village" in row else row["village_id"]]
        for name in counted[kind]:
            setattr(numbers, name, getattr(numbers, name) + row["people"])
