"""Who may give which role where, and whom an admin may touch: nobody grants, or takes, more than they hold."""

from collections.abc import Iterable

from rtportal.accounts.models import Assignment, User
from rtportal.accounts.scope import RIGHTS, Right, scope_of
from rtportal.regions.codes import ancestors
from rtportal.regions.models import Region
from rtportal.trust.errors import OfficialRefused

LAST_ADMIN = "{user} adalah satu-satunya admin aktif untuk {region}. Tunjuk admin lain dahulu."
YOURSELF = "Anda tidak dapat mengubah peran atau akun sendiri. Minta admin lain melakukannya."
TOO_HIGH = "Anda tidak dapat memberi peran {role} di {region}: hak Anda sendiri di sana tidak sebanyak itu."
ABOVE_YOU = (
    "{user} juga bertugas di luar wilayah Anda atau memegang hak yang tidak Anda miliki. "
    "Hanya admin di sana yang dapat mengubah akunnya."
)


def may_grant(actor: User, role: str, code: str) -> bool:
    """Whether `actor` manages the officials of the region and holds there every right of the role."""
    own = scope_of(actor).rights_in(code)
    return Right.MANAGE_OFFICIALS in own and role in RIGHTS and RIGHTS[role] <= own


def may_touch(actor: User, target: User) -> bool:
    """Whether `actor` may change the account itself: all that `target` holds, everywhere, is theirs to give."""
    held = _assignments(target)
    return actor.pk != target.pk and bool(held) and all(may_grant(actor, role, code) for role, code in held)


def refuse_untouchable(actor: User, target: User) -> None:
    """Raises OfficialRefused unless `actor` may change the account of `target`."""
    if actor.pk == target.pk:
        raise OfficialRefused(YOURSELF)
    if not may_touch(actor, target):
        raise OfficialRefused(ABOVE_YOU.format(user=target))


def refuse_unless_grantable(actor: User, role: str, region: Region) -> None:
    """Raises OfficialRefused unless `actor` may give the role in the region."""
    if not may_grant(actor, role, region.code):
        label = Assignment.Role(role).label if role in Assignment.Role.values else role
        raise OfficialRefused(TOO_HIGH.format(role=label, region=region.full_name), field="role")


def refuse_last_admin(target: User, codes: Iterable[str]) -> None:
    """Raises OfficialRefused if without `target` one of the regions has no active admin, there or above.

    Holds the regions, so that two admins cannot take the role from each other at once.
    """
    codes = sorted(set(codes))
    covering = sorted({upper for code in codes for upper in [*ancestors(code), code]})
    regions = {
        region.code: region for region in Region.objects.select_for_update(no_key=True).filter(code__in=covering)
    }
    others = set(
        Assignment.objects.filter(role=Assignment.Role.ADMIN, region__in=covering, user__is_active=True)
        .exclude(user=target)
        .values_list("region_id", flat=True)
    )
    for code in codes:
        if not others & {*ancestors(code), code}:
            raise OfficialRefused(LAST_ADMIN.format(user=target, region=regions[code].full_name))


def admin_codes(target: User) -> list[str]:
    """The regions of which an active official is an admin."""
    return [code for role, code in _assignments(target) if role == Assignment.Role.ADMIN]


def _assignments(user: User) -> list[tuple[str, str]]:
    return list(user.assignments.values_list("role", "region_id"))
