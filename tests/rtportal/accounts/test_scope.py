import pytest
from django.contrib.auth.models import AnonymousUser

from rtportal.accounts.scope import RIGHTS, Right, Role, Scope, scope_of
from rtportal.regions.models import Region
from tests import factories


def test_every_role_has_its_rights_written_down():
    assert set(RIGHTS) == set(Role)


def test_only_an_admin_exports():
    assert [role for role in Role if Right.EXPORT in RIGHTS[role]] == [Role.ADMIN]


def test_a_right_holds_inside_the_region_and_nowhere_else():
    scope = Scope([("official", "63.09")])
    assert scope.may(Right.SCHEDULE, "63.09")
    assert scope.may(Right.SCHEDULE, "63.09.06.1001")
    assert not scope.may(Right.SCHEDULE, "63")
    assert not scope.may(Right.SCHEDULE, "63.0")
    assert not scope.may(Right.SCHEDULE, "63.091")
    assert not scope.may(Right.EXPORT, "63.09")


def test_each_right_follows_its_own_assignment():
    scope = Scope([("viewer", "63"), ("official", "63.09")])
    assert scope.may(Right.VIEW, "63.01")
    assert not scope.may(Right.SCHEDULE, "63.01")
    assert scope.areas == ["63"]
    assert scope.areas_with(Right.SCHEDULE) == ["63.09"]


@pytest.mark.django_db
def test_rows_are_those_inside_and_touching_adds_those_around():
    factories.regions("63.09", "15.71")
    scope = Scope([("village_operator", "63.09.06.1001")])
    assert list(Region.objects.filter(scope.rows("code")).values_list("code", flat=True)) == ["63.09.06.1001"]
    touching = set(Region.objects.filter(scope.rows_touching("code")).values_list("code", flat=True))
    assert touching == {"63", "63.09", "63.09.06", "63.09.06.1001"}


@pytest.mark.django_db
def test_whoever_is_responsible_nowhere_sees_nothing(django_assert_num_queries):
    factories.regions("63.09")
    nobody = factories.user(region=None)
    with django_assert_num_queries(1):
        assert scope_of(nobody).areas == scope_of(nobody).above == []
    assert not Region.objects.filter(scope_of(nobody).rows_touching("code")).exists()
    assert scope_of(AnonymousUser()).areas == []


@pytest.mark.django_db
def test_a_deactivated_official_has_no_scope_left():
    factories.regions("63.09")
    user = factories.user()
    user.is_active = False
    assert scope_of(user).areas == []
