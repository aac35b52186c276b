"""Nobody grants, or takes, more than they hold."""

import pytest

from rtportal.accounts.models import Assignment
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.rules import may_grant, may_touch, refuse_last_admin
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def test_an_admin_gives_every_role_inside_their_region_and_none_outside(people):
    for role in Assignment.Role.values:
        assert may_grant(people.admin, role, factories.TABALONG)
        assert may_grant(people.admin, role, factories.JARO)
        assert not may_grant(people.admin, role, "63")
        assert not may_grant(people.admin, role, factories.JAMBI)


def test_an_admin_of_a_kecamatan_gives_roles_there_only(people):
    assert may_grant(people.below, "admin", factories.JARO)
    assert not may_grant(people.below, "viewer", factories.TABALONG)
    assert not may_grant(people.below, "viewer", factories.MUARA_UYA)


def test_whoever_manages_no_officials_gives_nothing(people):
    assert not may_grant(people.official, "viewer", factories.TABALONG)
    assert not may_grant(people.operator, "viewer", factories.JARO)


def test_an_unknown_role_is_never_given(people):
    assert not may_grant(people.admin, "raja", factories.TABALONG)


def test_rights_of_one_region_do_not_count_in_another(people):
    """An admin of a kecamatan who is an official of the kabupaten is no admin of the kabupaten."""
    Assignment.objects.create(user=people.below, role="official", region_id=factories.TABALONG)
    assert not may_grant(people.below, "viewer", factories.TABALONG)


def test_an_account_is_touched_only_by_whoever_could_give_all_its_roles(people):
    assert may_touch(people.admin, people.official)
    assert may_touch(people.admin, people.below)
    assert may_touch(people.above, people.admin)
    assert may_touch(people.below, people.operator)
    assert not may_touch(people.below, people.admin)
    assert not may_touch(people.admin, people.above)
    assert not may_touch(people.admin, people.elsewhere)


def test_one_role_outside_takes_the_account_out_of_reach(people):
    Assignment.objects.create(user=people.operator, role="viewer", region_id=factories.JAMBI)
    assert not may_touch(people.admin, people.operator)
    assert not may_touch(people.elsewhere, people.operator)


def test_nobody_touches_themselves_nor_somebody_without_any_role(people):
    assert not may_touch(people.admin, people.admin)
    assert not may_touch(people.admin, factories.user(region=None))


def test_the_last_active_admin_of_a_region_stays(people):
    refuse_last_admin(people.admin, [factories.TABALONG])
    people.colleague.is_active = False
    people.colleague.save()
    refuse_last_admin(people.admin, [factories.TABALONG])
    people.above.is_active = False
    people.above.save()
    with pytest.raises(OfficialRefused, match="satu-satunya admin aktif untuk Kabupaten Tabalong"):
        refuse_last_admin(people.admin, [factories.TABALONG])
