"""How long each class is kept where, and what the next run would destroy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import Right, scope_of
from rtportal.privacy.models import RetentionAgreement, RetentionSetting
from rtportal.privacy.retention import Expiry, RetentionClass, classes, months_before
from rtportal.regions.codes import PROVINCE, REGENCY, cut, level_of
from rtportal.regions.models import Region


@dataclass(frozen=True)
class Kept:
    """One class in one kabupaten/kota; `waiting` says what would go now, by the names of its tables."""

    what: RetentionClass
    months: int
    version: int
    waiting: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.waiting.values())

    @property
    def is_usual(self) -> bool:
        return self.months == self.what.months


def agreed_tenants() -> QuerySet[Region]:
    """Every kabupaten/kota that agreed to its periods and in which somebody is responsible for something."""
    codes = set(Assignment.objects.order_by().values_list("region_id", flat=True).distinct())
    return _regencies(codes).filter(code__in=RetentionAgreement.objects.values("region"))


def managed_by(user: User) -> QuerySet[Region]:
    """Every kabupaten/kota whose personal data the user answers for, by code."""
    codes = {code for code in scope_of(user).areas_with(Right.MANAGE_PRIVACY) if level_of(code) <= REGENCY}
    return _regencies(codes)


def _regencies(codes: Iterable[str]) -> QuerySet[Region]:
    provinces = [code for code in codes if level_of(code) == PROVINCE]
    near = {cut(code, REGENCY) for code in codes if level_of(code) > PROVINCE}
    rows = Region.objects.filter(level=Region.Level.REGENCY)
    return (rows.filter(code__in=near) | rows.filter(parent__in=provinces)).order_by("code")


def months_in(region: Region | None) -> dict[str, int]:
    """Key of a class → how many months it is kept there; of the installation's own for None. One query."""
    own = {one.key: one.months for one in classes(is_portal_wide=region is None)}
    if region is not None:
        rows = RetentionSetting.objects.filter(region=region, retention_class__in=own)
        own |= dict(rows.values_list("retention_class", "months"))
    return own


def kept_in(region: Region, now: datetime) -> list[Kept]:
    """All classes of the kabupaten/kota; a query for each of their tables."""
    rows = RetentionSetting.objects.filter(region=region)
    chosen = {
        key: (months, version) for key, months, version in rows.values_list("retention_class", "months", "version")
    }
    return [_kept(one, *chosen.get(one.key, (one.months, 0)), region.code, now) for one in classes()]


def kept_by_portal(now: datetime) -> list[Kept]:
    """The classes that belong to the installation."""
    return [_kept(one, one.months, 0, "", now) for one in classes(is_portal_wide=True)]


def _kept(one: RetentionClass, months: int, version: int, code: str, now: datetime) -> Kept:
    asked = Expiry(code, months_before(now, months), now)
    return Kept(one, months, version, {store.label: store.expired(asked).count() for store in one.stores})
