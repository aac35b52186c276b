"""What the history tells about signing in, second factors and passwords."""

from collections import Counter

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from rtportal.audit.models import AuditEvent
from rtportal.lib import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions()
    return factories.user(email="petugas@tabalong.test")


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(clock.now().timestamp()) // 30))


def sign_in(client):
    return client.post("/akun/masuk/", {"login": "petugas@tabalong.test", "password": factories.PASSWORD})


def test_signing_in_and_out(client, official):
    sign_in(client)
    client.post("/akun/keluar/")
    assert actions() == ["sign_in.done", "sign_out.done"]
    line = AuditEvent.objects.first()
    assert (line.actor, line.region_code, line.subject) == (official, factories.TABALONG, f"user:{official.pk}")


def test_an_app_set_up_used_wrongly_and_taken_away(client, official, django_capture_on_commit_callbacks):
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    client.post("/akun/keluar/")
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert "Kode atau kunci tidak cocok." in client.post(reverse("mfa_authenticate"), {"code": "000000"}).text
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert Counter(actions()) == {
        "sign_in.done": 2,
        "factor.added": 2,
        "sign_out.done": 1,
        "sign_in.code_failed": 1,
        "factor.removed": 2,
    }
    sentences = AuditEvent.objects.filter(action="factor.added").values_list("sentence", flat=True)
    assert set(sentences) == {"Siti Rahmah memasang aplikasi kode.", "Siti Rahmah memasang kode cadangan."}


def test_the_first_factor_ends_sessions_that_came_in_with_the_password_alone(
    client, official, django_capture_on_commit_callbacks
):
    thief = Client()
    sign_in(thief)
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get("/").status_code == 200
    assert "/akun/masuk/" in thief.get("/").headers["Location"]


def test_a_changed_password_ends_every_other_session(client, official):
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "kata-sandi-yang-lain"
    client.post(
        reverse("account_change_password"), {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    )
    assert client.get("/petugas/").status_code == 200
    assert other.get("/petugas/").status_code == 302
    assert official.usersession_set.count() == 1
    assert actions()[-1] == "password.changed"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("k4tas4ndi", "setidaknya 12 karakter"),
        ("qwertyuiop123", "terlalu umum"),
        ("petugas@tabalong", "terlalu mirip dengan alamat e-mail"),
        ("730519284061", "seluruhnya terdiri dari angka"),
    ],
)
def test_short_common_and_telltale_passwords_are_refused_in_indonesian(client, official, password, reason):
    sign_in(client)
    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": factories.PASSWORD, "password1": password, "password2": password},
    )
    official.refresh_from_db()
    assert official.check_password(factories.PASSWORD)
    assert reason in response.text
