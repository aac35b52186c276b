"""Guessing where a fresh proof is asked: counted as at the sign-in, over all doors, with how long to wait."""

import json
from collections.abc import Callable

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from rtportal.accounts.models import User
from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from rtportal.web.step_up import SESSION_KEY
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db

WRONG_PASSWORD, WRONG_CODE = "salah-sekali-ini", "000000"
WAIT_FOR_PASSWORD = "Terlalu banyak percobaan masuk. Coba lagi dalam 5 menit."
WAIT_FOR_CODE = "Terlalu banyak kode yang salah. Coba lagi dalam 5 menit."
PASSKEY = {"id": websafe_encode(b"kunci"), "rawId": websafe_encode(b"kunci"), "type": "public-key"}


@pytest.fixture
def people():
    return cast()


def long_signed_in(user: User, **headers) -> Client:
    client = Client(**headers)
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = clock.now().timestamp() - 601
    session.save()
    return client


def secret_of_app(user: User) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(clock.now().timestamp()) // 30))


def deactivate(client: Client, target: User, **proof):
    """One real step that needs a proof: switching an official off."""
    sent = {"bukti-dari": "POST", **{f"bukti-{name}": value for name, value in proof.items()}}
    return client.post(reverse("trust:official_deactivate", args=[target.pk]), sent)


def nothing_happened(target: User) -> bool:
    target.refresh_from_db()
    return target.is_active


def test_five_wrong_passwords_close_every_door_and_the_sign_in(people):
    client = long_signed_in(people.admin)
    for _ in range(5):
        assert "Kata sandi tidak cocok." in deactivate(client, people.official, password=WRONG_PASSWORD).text
    right = {"bukti-dari": "POST", "bukti-password": factories.PASSWORD}
    for name, args in (
        ("trust:official_deactivate", [people.official.pk]),
        ("trust:official_factor_reset", [people.official.pk]),
        ("mfa_activate_totp", []),
    ):
        met = client.post(reverse(name, args=args), right)
        assert (met.status_code, WAIT_FOR_PASSWORD in met.text) == (422, True), name
    sign_in = Client().post("/akun/masuk/", {"login": people.admin.email, "password": factories.PASSWORD})
    assert WAIT_FOR_PASSWORD in sign_in.text
    assert nothing_happened(people.official)


def test_passwords_guessed_at_the_sign_in_count_at_the_proof(people):
    for _ in range(5):
        Client().post("/akun/masuk/", {"login": people.admin.email, "password": WRONG_PASSWORD})
    met = deactivate(long_signed_in(people.admin), people.official, password=factories.PASSWORD)
    assert WAIT_FOR_PASSWORD in met.text
    assert nothing_happened(people.official)


def guess_app(user: User) -> Callable[[], str]:
    secret = secret_of_app(user)
    return lambda: code_of(secret)


def guess_recovery(user: User) -> Callable[[], str]:
    secret_of_app(user)
    codes = RecoveryCodes.activate(user)
    return lambda: codes.get_unused_codes()[0]


@pytest.mark.parametrize("kind", [guess_app, guess_recovery], ids=["app", "recovery code"])
def test_five_wrong_codes_close_the_door_to_a_right_one(people, kind):
    right = kind(people.admin)
    client = long_signed_in(people.admin)
    for _ in range(5):
        assert "tidak cocok" in deactivate(client, people.official, code=WRONG_CODE).text
    # Another browser of the same account, elsewhere: the account is counted.
    elsewhere = long_signed_in(people.admin, REMOTE_ADDR="203.0.113.9")
    for one in (client, elsewhere):
        met = deactivate(one, people.official, code=right())
        assert (met.status_code, WAIT_FOR_CODE in met.text) == (422, True)
    assert nothing_happened(people.official)
    assert Authenticator.objects.filter(user=people.admin, type="recovery_codes", data__used_mask__gt=0).count() == 0


def set_up_passkey(user: User) -> None:
    """A passkey that nobody holds."""
    public = CoseKey.for_alg(-7).from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(b"\0" * 16, b"kunci", public)
    seen = AuthenticatorData.create(b"\0" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, held)
    response = {
        "clientDataJSON": websafe_encode(b'{"type": "webauthn.create", "challenge": "", "origin": ""}'),
        "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
    }
    Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Kunci", "credential": PASSKEY | {"response": response}}
    )


def test_wrong_passkeys_are_counted_at_the_proof_and_at_the_sign_in(people):
    set_up_passkey(people.admin)
    client = long_signed_in(people.admin)
    response = {
        "clientDataJSON": websafe_encode(
            b'{"type": "webauthn.get", "challenge": "AAAA", "origin": "http://testserver"}'
        ),
        "authenticatorData": websafe_encode(b"\0" * 37),
        "signature": "AAAA",
    }
    forged = json.dumps(PASSKEY | {"response": response})
    half = Client()
    half.post("/akun/masuk/", {"login": people.admin.email, "password": factories.PASSWORD})
    for _ in range(5):
        met = deactivate(client, people.official, credential=forged)
        assert (met.status_code, "tidak cocok" in met.text) == (422, True)
    assert WAIT_FOR_CODE in deactivate(client, people.official, credential=forged).text
    assert WAIT_FOR_CODE in half.post(reverse("mfa_authenticate"), {"credential": forged}).text
    assert nothing_happened(people.official)


def test_codes_guessed_at_the_second_step_of_signing_in_count_too_and_say_how_long(people):
    secret = secret_of_app(people.admin)
    half = Client()
    half.post("/akun/masuk/", {"login": people.admin.email, "password": factories.PASSWORD})
    for _ in range(5):
        assert "tidak cocok" in half.post(reverse("mfa_authenticate"), {"code": WRONG_CODE}).text
    assert WAIT_FOR_CODE in half.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).text
    assert "_auth_user_id" not in half.session
    assert WAIT_FOR_CODE in deactivate(long_signed_in(people.admin), people.official, code=code_of(secret)).text


def test_one_address_that_guesses_at_many_accounts_waits_a_minute(people):
    others = [people.admin, people.colleague, people.above]
    right = {user.pk: guess_app(user) for user in others}
    for user in others[:2]:
        for _ in range(5):
            deactivate(long_signed_in(user), people.official, code=WRONG_CODE)
    met = deactivate(long_signed_in(people.above), people.official, code=right[people.above.pk]())
    assert "Terlalu banyak kode yang salah. Coba lagi dalam 1 menit." in met.text
    assert nothing_happened(people.official)


def test_the_wait_is_over_after_what_was_said(people, monkeypatch):
    right = guess_recovery(people.admin)
    client = long_signed_in(people.admin)
    for _ in range(6):
        deactivate(client, people.official, code=WRONG_CODE)
    then = ratelimit.time.time() + 301
    monkeypatch.setattr(ratelimit.time, "time", lambda: then)
    deactivate(client, people.official, code=right())
    people.official.refresh_from_db()
    assert not people.official.is_active


def test_the_history_tells_one_lockout_of_the_codes(people):
    secret_of_app(people.admin)
    client = long_signed_in(people.admin)
    for _ in range(8):
        deactivate(client, people.official, code=WRONG_CODE)
    told = AuditEvent.objects.filter(action__startswith="sign_in.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["sign_in.code_failed"] * 5 + ["sign_in.locked"]
    assert WRONG_CODE not in str(list(AuditEvent.objects.values()))


def test_the_old_password_is_not_guessed_on_the_page_that_changes_it(people):
    client = Client()
    client.force_login(people.admin)
    new = {"password1": "kata-sandi-yang-lain", "password2": "kata-sandi-yang-lain"}
    for _ in range(5):
        client.post(reverse("account_change_password"), new | {"oldpassword": WRONG_PASSWORD})
    met = client.post(reverse("account_change_password"), new | {"oldpassword": factories.PASSWORD})
    assert (met.status_code, "Terlalu banyak percobaan" in met.text) == (429, True)
    people.admin.refresh_from_db()
    assert people.admin.check_password(factories.PASSWORD)
