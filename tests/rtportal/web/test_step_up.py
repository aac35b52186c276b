"""A fresh proof of who acts: asked where it is needed, and nothing typed is lost by it."""

import html
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from rtportal import urls
from rtportal.lib import clock
from rtportal.web.step_up import SESSION_KEY, fresh_proof_required
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

done: list[dict] = []


@fresh_proof_required
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    done.append(dict(request.POST.lists()))
    return HttpResponse("Sudah.")


@fresh_proof_required
@require_safe
def fetch(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Isi {request.GET['nomor']}")


@fresh_proof_required(when=lambda request: request.POST.get("full") == "on")
@require_POST
def act_if_full(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Sudah.")


urlpatterns = [
    path("uji/kerjakan/", act, name="act"),
    path("uji/ambil/", fetch, name="fetch"),
    path("uji/penuh/", act_if_full, name="act_if_full"),
    *urls.urlpatterns,
]

TYPED = {"judul": 'Rapat "besar" & <kecil>', "rt": ["1", "2"], "catatan": "baris satu\r\nbaris dua"}


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


@pytest.fixture
def official(client):
    factories.regions()
    made = factories.user()
    client.force_login(made)
    return made


def grow_old(client, seconds: int = 601) -> None:
    session = client.session
    session[SESSION_KEY] = (clock.now() - timedelta(seconds=seconds)).timestamp()
    session.save()


def fields(response) -> list[tuple[str, str]]:
    """What a browser would send of the hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.text)
    return [(name, html.unescape(value)) for name, value in found]


def answered(response, **proof) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for name, value in fields(response):
        sent.setdefault(name, []).append(value)
    return sent | {name.replace("_", "-"): [value] for name, value in proof.items()}


def set_up_app(user) -> str:
    """An authenticator app; its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str, step: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(clock.now().timestamp()) // 30 + step))


def test_whoever_just_signed_in_goes_straight_on(client, official):
    assert client.post("/uji/kerjakan/", TYPED).text == "Sudah."


def test_after_ten_minutes_the_password_is_asked_and_what_was_typed_goes_on(client, official):
    grow_old(client)
    question = client.post("/uji/kerjakan/?hal=2", TYPED)
    assert "Pastikan ini Anda" in question.text
    assert 'action="/uji/kerjakan/?hal=2"' in question.text
    assert question.headers["Cache-Control"] == "no-store"
    assert done == []
    response = client.post("/uji/kerjakan/?hal=2", answered(question, bukti_password=factories.PASSWORD))
    assert response.text == "Sudah."
    assert {name: done[0][name] for name in TYPED} == {
        "judul": [TYPED["judul"]],
        "rt": TYPED["rt"],
        "catatan": [TYPED["catatan"]],
    }
    assert not [name for name in done[0] if name.startswith("bukti")]


def test_a_proof_serves_the_next_ten_minutes(client, official):
    grow_old(client)
    client.post("/uji/kerjakan/", {"bukti-dari": "POST", "bukti-password": factories.PASSWORD})
    assert client.post("/uji/kerjakan/", TYPED).text == "Sudah."
    grow_old(client, 599)
    assert client.post("/uji/kerjakan/", TYPED).text == "Sudah."


def test_a_wrong_password_changes_nothing_and_keeps_what_was_typed(client, official):
    grow_old(client)
    question = client.post("/uji/kerjakan/", TYPED)
    again = client.post("/uji/kerjakan/", answered(question, bukti_password="bukan-ini"))
    assert again.status_code == 422
    assert "Kata sandi tidak cocok." in again.text
    assert done == []
    assert fields(again)[1:] == fields(question)[1:]
    assert "bukan-ini" not in again.text


def test_guessing_the_password_here_is_slowed_down_too(client, official):
    grow_old(client)
    for _ in range(6):
        response = client.post("/uji/kerjakan/", {"bukti-dari": "POST", "bukti-password": "bukan-ini"})
    assert "Terlalu banyak percobaan" in response.text
    right = client.post("/uji/kerjakan/", {"bukti-dari": "POST", "bukti-password": factories.PASSWORD})
    assert right.status_code == 422
    assert done == []


def test_whoever_has_an_authenticator_app_is_asked_its_code_and_never_the_password(client, official):
    secret = set_up_app(official)
    grow_old(client)
    question = client.post("/uji/kerjakan/", TYPED)
    assert "Kode pengaman" in question.text
    assert "bukti-password" not in question.text
    by_password = client.post("/uji/kerjakan/", answered(question, bukti_password=factories.PASSWORD))
    assert by_password.status_code == 422
    assert client.post("/uji/kerjakan/", answered(question, bukti_code=code_of(secret))).text == "Sudah."


def test_a_code_that_was_used_proves_nothing_again(client, official):
    secret = set_up_app(official)
    code = code_of(secret)
    for expected in (200, 422):
        grow_old(client)
        response = client.post("/uji/kerjakan/", {"bukti-dari": "POST", "bukti-code": code})
        assert response.status_code == expected


def test_a_page_is_shown_at_its_address_after_the_proof(client, official):
    grow_old(client)
    question = client.get("/uji/ambil/?nomor=7")
    assert "Pastikan ini Anda" in question.text
    onwards = client.post("/uji/ambil/?nomor=7", answered(question, bukti_password=factories.PASSWORD))
    assert onwards.headers["Location"] == "/uji/ambil/?nomor=7"
    assert client.get(onwards.headers["Location"]).text == "Isi 7"


def test_only_what_needs_it_is_asked(client, official):
    grow_old(client)
    assert client.post("/uji/penuh/").text == "Sudah."
    assert "Pastikan ini Anda" in client.post("/uji/penuh/", {"full": "on"}).text


def test_a_session_without_any_stamp_is_not_fresh(client, official):
    session = client.session
    del session[SESSION_KEY]
    session.save()
    assert "Pastikan ini Anda" in client.post("/uji/kerjakan/").text


def test_a_stamp_from_the_future_is_none(client, official):
    grow_old(client, -60)
    assert "Pastikan ini Anda" in client.post("/uji/kerjakan/").text


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in(client):
    assert client.post("/uji/kerjakan/", TYPED).headers["Location"].startswith("/akun/masuk/")
    assert done == []


def test_a_fragment_gives_way_to_the_whole_page(client, official):
    grow_old(client)
    response = client.post("/uji/kerjakan/", TYPED, headers={"HX-Request": "true"})
    assert response.headers["HX-Retarget"] == "body"


def test_the_secret_of_an_app_does_not_lie_open_in_the_database(official):
    secret = set_up_app(official)
    assert secret not in str(Authenticator.objects.get(user=official).data)
