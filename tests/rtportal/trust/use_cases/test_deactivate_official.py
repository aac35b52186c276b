"""Accounts closed and opened again, and second factors taken away by an admin."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from rtportal.accounts.models import User
from rtportal.audit.models import AuditEvent
from rtportal.trust.errors import OfficialRefused
from rtportal.trust.use_cases.deactivate_official import deactivate_official
from rtportal.trust.use_cases.reactivate_official import reactivate_official
from rtportal.trust.use_cases.reset_second_factor import reset_second_factor
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def people():
    return cast()


def sign_in(email) -> Client:
    client = Client()
    client.post("/akun/masuk/", {"login": email, "password": factories.PASSWORD})
    return client


def test_a_closed_account_is_signed_out_everywhere_and_stays_out(people):
    client = sign_in(people.official.email)
    assert client.get("/petugas/").status_code == 200
    assert deactivate_official(official=people.official, actor=people.admin, now=NOW)
    assert not deactivate_official(official=people.official, actor=people.admin, now=NOW)
    assert client.get("/petugas/").status_code == 302
    assert "_auth_user_id" not in sign_in(people.official.email).session
    assert AuditEvent.objects.filter(action="official.deactivated").count() == 1


def test_opened_again_it_has_its_roles_but_not_its_old_sessions(people):
    client = sign_in(people.official.email)
    deactivate_official(official=people.official, actor=people.admin, now=NOW)
    assert reactivate_official(official=people.official, actor=people.admin, now=NOW)
    assert not reactivate_official(official=people.official, actor=people.admin, now=NOW)
    assert client.get("/petugas/").status_code == 302
    assert sign_in(people.official.email).get("/petugas/").status_code == 200


@pytest.mark.parametrize("use_case", [deactivate_official, reactivate_official, reset_second_factor])
@pytest.mark.parametrize(
    ("actor", "target"), [("admin", "admin"), ("below", "admin"), ("below", "official"), ("elsewhere", "official")]
)
def test_neither_oneself_nor_somebody_above_or_outside(people, use_case, actor, target):
    with pytest.raises(OfficialRefused):
        use_case(official=getattr(people, target), actor=getattr(people, actor), now=NOW)
    assert User.objects.get(pk=getattr(people, target).pk).is_active


def test_of_two_admins_who_close_each_other_one_stays(people):
    peer = factories.user(role="admin", region="63", name="Pak Kedua")
    assert deactivate_official(official=peer, actor=people.above, now=NOW)
    with pytest.raises(OfficialRefused, match="satu-satunya admin aktif untuk Provinsi Kalimantan Selatan"):
        deactivate_official(official=people.above, actor=_still_trusted(peer), now=NOW)
    assert User.objects.get(pk=people.above.pk).is_active


def _still_trusted(peer: User) -> User:
    """The row as a request holds it that began before the account was closed."""
    peer.is_active = True
    return peer


def test_whoever_lost_the_telephone_can_set_up_another_second_factor(people):
    Authenticator.objects.create(user=people.official, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=people.official, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert reset_second_factor(official=people.official, actor=people.admin, now=NOW)
    assert not reset_second_factor(official=people.official, actor=people.admin, now=NOW)
    assert not Authenticator.objects.exists()
    line = AuditEvent.objects.get(action="factor.removed_by_admin")
    assert (line.actor, line.region_code) == (people.admin, factories.TABALONG)
