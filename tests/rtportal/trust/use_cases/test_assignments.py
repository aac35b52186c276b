"""Roles given, changed and ended."""

import pytest

from rtportal.accounts.models import Assignment
from rtportal.accounts.scope import Right, scope_of
from rtportal.audit.models import AuditEvent
from rtportal.regions.models import Region
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.use_cases.add_assignment import add_assignment
from rtportal.trust.use_cases.change_assignment import change_assignment
from rtportal.trust.use_cases.end_assignment import end_assignment
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def people():
    return cast()


def place(code):
    return Region.objects.get(code=code)


def roles_of(user):
    return set(user.assignments.values_list("role", "region_id"))


def change(assignment, actor, role="viewer", region=factories.TABALONG):
    change_assignment(assignment=assignment, role=role, region=place(region), actor=actor, now=NOW)


def test_a_role_is_added_with_a_line_in_the_history(people):
    add_assignment(official=people.official, role="viewer", region=place(factories.JARO), actor=people.admin, now=NOW)
    assert roles_of(people.official) == {("official", factories.TABALONG), ("viewer", factories.JARO)}
    line = AuditEvent.objects.get(action="assignment.added")
    assert (line.actor, line.subject, line.region_code) == (
        people.admin,
        f"user:{people.official.pk}",
        factories.JARO,
    )
    with pytest.raises(OfficialRefused, match="sudah memegang"):
        add_assignment(
            official=people.official, role="viewer", region=place(factories.JARO), actor=people.admin, now=NOW
        )


@pytest.mark.parametrize(("who", "region"), [("below", factories.TABALONG), ("elsewhere", factories.TABALONG)])
def test_no_role_is_added_where_the_actor_does_not_hold_as_much(people, who, region):
    with pytest.raises(OfficialRefused):
        add_assignment(
            official=people.operator, role="viewer", region=place(region), actor=getattr(people, who), now=NOW
        )
    assert roles_of(people.operator) == {("district_operator", factories.JARO)}


def test_nobody_changes_their_own_roles(people):
    own = people.admin.assignments.get()
    with pytest.raises(OfficialRefused, match="sendiri"):
        change(own, people.admin)
    with pytest.raises(OfficialRefused, match="sendiri"):
        end_assignment(assignment=own, actor=people.admin, now=NOW)
    with pytest.raises(OfficialRefused, match="sendiri"):
        add_assignment(official=people.admin, role="viewer", region=place(factories.JARO), actor=people.admin, now=NOW)


def test_a_role_is_changed(people):
    change(people.official.assignments.get(), people.admin, "village_operator", factories.JARO)
    assert roles_of(people.official) == {("village_operator", factories.JARO)}
    sentence = AuditEvent.objects.get(action="assignment.changed").sentence
    assert "Petugas pelaksana di Kabupaten Tabalong menjadi Operator kelurahan/desa di Kecamatan Jaro" in sentence


def test_neither_the_old_nor_the_new_role_may_be_above_the_actor(people):
    with pytest.raises(OfficialRefused):
        change(people.admin.assignments.get(), people.below, "viewer", factories.JARO)
    with pytest.raises(OfficialRefused):
        change(people.operator.assignments.get(), people.below, "official", factories.TABALONG)
    assert roles_of(people.operator) == {("district_operator", factories.JARO)}


def test_a_change_never_makes_one_role_of_two(people):
    Assignment.objects.create(user=people.official, role="viewer", region_id=factories.TABALONG)
    with pytest.raises(OfficialRefused, match="sudah memegang"):
        change(people.official.assignments.get(role="official"), people.admin)


def test_a_role_is_ended_and_the_account_stays(people):
    end_assignment(assignment=people.official.assignments.get(), actor=people.admin, now=NOW)
    people.official.refresh_from_db()
    assert people.official.is_active
    assert roles_of(people.official) == set()


@pytest.mark.parametrize("act", ["end", "change"])
def test_of_two_admins_who_take_the_role_from_each_other_one_keeps_it(people, act):
    """The second one's page was opened while the first still saw them as an admin."""
    peer = factories.user(role="admin", region="63", name="Pak Kedua")
    assert scope_of(peer).may_anywhere(Right.MANAGE_OFFICIALS)
    end_assignment(assignment=peer.assignments.get(), actor=people.above, now=NOW)
    with pytest.raises(OfficialRefused, match="satu-satunya admin aktif untuk Provinsi Kalimantan Selatan"):
        if act == "end":
            end_assignment(assignment=people.above.assignments.get(), actor=peer, now=NOW)
        else:
            change(people.above.assignments.get(), peer, "viewer", "63")
    assert roles_of(people.above) == {("admin", "63")}


def test_an_admin_above_is_admin_enough_for_a_part(people):
    end_assignment(assignment=people.below.assignments.get(), actor=people.admin, now=NOW)
    assert roles_of(people.below) == set()
