"""Which regions a user may see, and with which right: the one place that answers both.

A row out of a user's regions does not exist for them (404); a row inside without the right is refused (403).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Q

from rtportal.accounts.models import Assignment, User
from rtportal.regions.codes import ancestors, is_within, within_q

Role = Assignment.Role


class Right(StrEnum):
    """What a role allows inside its region."""

    VIEW = "view"
    SCHEDULE = "schedule"  # programmes, waves, venues, sessions, speakers, reminder rules, invitations
    MANAGE_ROSTER = "manage_roster"  # import RT heads
    ANSWER_FOR = "answer_for"  # record an answer on behalf of an RT head
    MARK_ATTENDANCE = "mark_attendance"
    EXPORT = "export"  # files with personal data, NIK and telephones masked
    EXPORT_IDENTITY = "export_identity"  # the same in full, for a purpose
    READ_HISTORY = "read_history"
    EDIT_WORDS = "edit_words"  # texts of messages and the templates that a provider approves
    MANAGE_OFFICIALS = "manage_officials"  # invite officials, give and take roles, none above the own
    MANAGE_PRIVACY = "manage_privacy"  # processing register, retention, purges, breaches


_OPERATOR = frozenset({Right.VIEW, Right.ANSWER_FOR})
_OFFICIAL = _OPERATOR | {Right.SCHEDULE, Right.MANAGE_ROSTER, Right.MARK_ATTENDANCE, Right.READ_HISTORY}
RIGHTS: dict[str, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.VIEW}),
    Role.VILLAGE_OPERATOR: _OPERATOR,
    Role.DISTRICT_OPERATOR: _OPERATOR,
    Role.OFFICIAL: _OFFICIAL,
    Role.ADMIN: _OFFICIAL
    | {Right.EXPORT, Right.EXPORT_IDENTITY, Right.EDIT_WORDS, Right.MANAGE_OFFICIALS, Right.MANAGE_PRIVACY},
}


@dataclass
class Scope:
    """A user's assignments as pairs of role and region code."""

    assignments: list[tuple[str, str]]

    @cached_property
    def areas(self) -> list[str]:
        """Codes of the assigned regions, without those that lie inside another one."""
        codes = sorted({code for _, code in self.assignments})
        return [code for code in codes if not any(is_within(code, other) for other in codes if other != code)]

    @cached_property
    def above(self) -> list[str]:
        """Codes above the assigned regions: a kelurahan's operator sees the programmes of the kabupaten."""
        return sorted({upper for area in self.areas for upper in ancestors(area)})

    def rows(self, field: str) -> Q:
        """Rows whose region code in `field` lies inside the assigned regions."""
        return within_q(field, self.areas)

    def rows_touching(self, field: str) -> Q:
        """Rows whose region lies inside the assigned regions or contains one of them."""
        return self.rows(field) | Q(**{f"{field}__in": self.above})

    def may(self, right: Right, code: str) -> bool:
        """True if a role that holds `right` covers the region `code`."""
        return any(right in RIGHTS[role] and is_within(code, area) for role, area in self.assignments)

    def rights_in(self, code: str) -> frozenset[Right]:
        """Every right held in the region `code`, by whatever role."""
        held = (RIGHTS[role] for role, area in self.assignments if is_within(code, area))
        return frozenset().union(*held)

    def may_anywhere(self, right: Right) -> bool:
        return any(right in RIGHTS[role] for role, _ in self.assignments)

    def areas_with(self, right: Right) -> list[str]:
        """Codes of the regions in which `right` is held."""
        return sorted({code for role, code in self.assignments if right in RIGHTS[role]})


def scope_of(user: User) -> Scope:
    """The user's scope; one query, kept on the user object (one per request)."""
    if not user.is_authenticated or not user.is_active:
        return Scope([])
    if not hasattr(user, "_scope"):
        user._scope = Scope(list(user.assignments.values_list("role", "region_id")))
    return user._scope
