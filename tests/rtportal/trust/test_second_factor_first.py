"""Whoever must have a second factor and has none sets it up before anything else."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.urls import reverse

from programs.models import Venue
from rtportal.trust.invitation_links import invitation_token
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def for_admins(settings):
    settings.SECOND_FACTOR = "admins"
    factories.regions()


@pytest.fixture
def admin(client):
    made = factories.user(role="admin")
    client.force_login(made)
    return made


def with_app(user):
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


@pytest.mark.parametrize("path", ["/", "/program/", "/petugas/", "/ketua-rt/?hal=2", "/akun/perangkat/"])
def test_every_page_leads_there(client, admin, path):
    assert client.get(path).headers["Location"] == reverse("mfa_index")


def test_the_way_there_and_out_is_open(client, admin):
    page = client.get(reverse("mfa_index"))
    assert "Pasang pengaman kedua dahulu" in page.text
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_what_is_sent_is_not_done_and_says_so(client, admin):
    sent = {"region": factories.TABALONG, "name": "Aula", "capacity": 100}
    response = client.post(reverse("programs:venue_create"), sent, follow=True)
    assert "belum dikerjakan" in response.text
    assert not Venue.objects.exists()


def test_a_fragment_takes_the_whole_page_there(client, admin):
    response = client.get("/ketua-rt/", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == reverse("mfa_index")


def test_public_and_personal_pages_are_untouched(client, admin):
    assert client.get("/sehat/").status_code != 302
    token = invitation_token(factories.official_invitation(by=admin).link_id)
    assert client.get(reverse("trust:invitation_accept", args=[token])).status_code == 200


def test_whoever_has_one_goes_on(client, admin):
    with_app(admin)
    assert client.get("/program/").status_code == 200


def test_recovery_codes_alone_are_none(client, admin):
    Authenticator.objects.create(user=admin, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert client.get("/program/").status_code == 302


def test_officials_need_none_unless_everybody_does(client, settings):
    client.force_login(factories.user())
    assert client.get("/program/").status_code == 200
    settings.SECOND_FACTOR = "everyone"
    assert client.get("/program/").status_code == 302


def test_a_portal_may_do_without(client, admin, settings):
    settings.SECOND_FACTOR = "off"
    assert client.get("/program/").status_code == 200


def test_the_last_factor_of_whoever_must_have_one_stays(client, admin):
    passkey = Authenticator.objects.create(user=admin, type="webauthn", data={"name": "Laptop"})
    response = client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]), follow=True)
    assert "wajib memakai pengaman kedua" in response.text
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    app = with_app(admin)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(pk=app.pk).exists()


def test_the_app_of_whoever_must_have_one_stays_where_it_is_the_last(client, admin):
    with_app(admin)
    assert "wajib memakai pengaman kedua" in client.post(reverse("mfa_deactivate_totp")).text
    assert Authenticator.objects.count() == 1


def test_a_deployment_without_second_factors_is_warned(settings):
    settings.SECOND_FACTOR = "off"
    assert "trust.W001" in {found.id for found in run_checks(include_deployment_checks=True)}
    assert "trust.W001" not in {found.id for found in run_checks()}
    settings.SECOND_FACTOR = "admins"
    assert "trust.W001" not in {found.id for found in run_checks(include_deployment_checks=True)}
