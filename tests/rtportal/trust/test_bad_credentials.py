"""What nobody's browser sends for a code or a passkey: a sentence, never an error page."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from rtportal.web.step_up import SESSION_KEY
from tests import factories

pytestmark = pytest.mark.django_db

RESPONSE = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"}
CREDENTIALS = [
    "",
    "x",
    "null",
    "1",
    "[]",
    "{}",
    '"teks"',
    json.dumps({"id": 1, "rawId": None, "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": None}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE | {"userHandle": "_____w"}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE | {"userHandle": None}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE | {"userHandle": "enp6" * 9}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE | {"clientDataJSON": "!!"}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"attestationObject": "AA"} | RESPONSE}),
]
CODES = ["", "\0", "000000", "٠٠٠٠٠٠", "1" * 500, "abc", "🙂" * 6, " 1 2 3 4 5 6 "]


@pytest.fixture
def official():
    factories.regions()
    made = factories.user(email="petugas@tabalong.test")
    totp.TOTP.activate(made, totp.generate_totp_secret())
    RecoveryCodes.activate(made)
    return made


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def half_signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.post("/akun/masuk/", {"login": "petugas@tabalong.test", "password": factories.PASSWORD})
    return client


def answers(responses) -> set[int]:
    return {response.status_code for response in responses}


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_credential_that_is_none(official, credential):
    stranger = Client(raise_request_exception=False)
    login = reverse("mfa_login_webauthn")
    stranger.get(login, headers={"Accept": "application/json"})
    stale = signed_in(official)
    session = stale.session
    session[SESSION_KEY] = 0
    session.save()
    add, second, step = signed_in(official), half_signed_in(), reverse("device_end_others")
    add.get(reverse("mfa_add_webauthn"))
    second.get(reverse("mfa_authenticate"))
    sent = {"credential": credential}
    met = answers(
        [
            stranger.post(login, sent),
            add.post(reverse("mfa_add_webauthn"), sent | {"name": "Kunci"}),
            second.post(reverse("mfa_authenticate"), sent),
            stale.post(reverse("mfa_add_webauthn"), {"bukti-dari": "POST", "bukti-credential": credential}),
            stale.post(step),
        ]
    )
    assert met <= {200, 302, 422}
    assert "_auth_user_id" not in stranger.session
    assert "_auth_user_id" not in second.session
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("code", CODES)
def test_a_code_that_is_none(official, code):
    second = half_signed_in()
    add = signed_in(factories.user())
    add.get(reverse("mfa_activate_totp"))
    met = answers(
        [
            second.post(reverse("mfa_authenticate"), {"code": code}),
            add.post(reverse("mfa_activate_totp"), {"code": code}),
        ]
    )
    assert met == {200}
    assert "_auth_user_id" not in second.session


def test_a_name_that_is_too_long_is_refused(official):
    passkey = Authenticator.objects.create(user=official, type="webauthn", data={"name": "Laptop"})
    client, address = signed_in(official), reverse("mfa_edit_webauthn", args=[passkey.pk])
    assert "60" in client.post(address, {"name": "x" * 61}).text
    client.post(address, {"name": "Laptop kantor"})
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Laptop kantor"
