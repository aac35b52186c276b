from datetime import timedelta

import pytest

from rtportal.accounts.models import Assignment, User
from rtportal.audit.models import AuditEvent
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.models import OfficialInvitation
from rtportal.trust.use_cases.accept_invitation import accept_invitation
from rtportal.trust.use_cases.resend_invitation import resend_invitation
from rtportal.trust.use_cases.withdraw_invitation import withdraw_invitation
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def people():
    return cast()


@pytest.fixture
def invitation(people):
    return factories.official_invitation(by=people.admin, email="baru@tabalong.test", now=NOW)


def accept(invitation, account=None, now=NOW):
    return accept_invitation(invitation=invitation, account=account, password=factories.PASSWORD, now=now)


def test_a_new_official_gets_account_and_role(invitation):
    user = accept(invitation)
    assert user.email == "baru@tabalong.test"
    assert user.check_password(factories.PASSWORD)
    assert list(user.assignments.values_list("role", "region_id")) == [("official", factories.TABALONG)]
    assert AuditEvent.objects.get(action="official.joined").actor == user


def test_a_link_opens_once(invitation):
    accept(invitation)
    with pytest.raises(OfficialRefused, match="sudah dipakai"):
        accept(invitation)
    assert User.objects.filter(email="baru@tabalong.test").count() == 1


def test_a_link_that_ran_out_was_taken_back_or_replaced_opens_nothing(people, invitation):
    with pytest.raises(OfficialRefused):
        accept(invitation, now=NOW + timedelta(days=7))
    old = OfficialInvitation.objects.get()
    resend_invitation(invitation=invitation, actor=people.admin, now=NOW)
    with pytest.raises(OfficialRefused):
        accept(old)
    new = OfficialInvitation.objects.get()
    withdraw_invitation(invitation=new, actor=people.admin, now=NOW)
    with pytest.raises(OfficialRefused):
        accept(new)
    assert not User.objects.filter(email="baru@tabalong.test").exists()


@pytest.mark.parametrize("loss", ["role", "account"])
def test_whoever_lost_the_right_to_give_the_role_gives_it_no_more(people, invitation, loss):
    if loss == "role":
        people.admin.assignments.update(role=Assignment.Role.OFFICIAL)
    else:
        User.objects.filter(pk=people.admin.pk).update(is_active=False)
    with pytest.raises(OfficialRefused):
        accept(invitation)
    assert OfficialInvitation.objects.get().accepted_at is None


def test_whoever_has_an_account_takes_the_role_with_it_and_keeps_the_password(people):
    offered = factories.official_invitation(by=people.elsewhere, email=people.official.email, region=factories.JAMBI)
    with pytest.raises(OfficialRefused, match="sudah mempunyai akun"):
        accept(offered, now=offered.invited_at)
    before = people.official.password
    assert accept(offered, account=people.official, now=offered.invited_at) == people.official
    people.official.refresh_from_db()
    assert people.official.password == before
    assert people.official.assignments.count() == 2


def test_another_account_cannot_take_it(people, invitation):
    with pytest.raises(OfficialRefused, match="untuk alamat e-mail lain"):
        accept(invitation, account=people.operator)
    assert people.operator.assignments.count() == 1
