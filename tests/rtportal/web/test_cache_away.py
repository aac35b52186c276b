"""Signing in while the cache is away: nobody gets in unguarded, and the page says so."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_cache(valkey):
    valkey.kill()
    yield
    valkey.start()


def test_signing_in_is_put_off_with_a_sentence(client, no_cache):
    factories.regions()
    official = factories.user()
    assert client.get("/akun/masuk/").status_code == 200
    response = client.post("/akun/masuk/", {"login": official.email, "password": factories.PASSWORD})
    assert response.status_code == 503
    assert "Masuk sedang tidak dapat dilayani. Coba beberapa menit lagi." in response.text
    assert response.headers["Retry-After"] == "60"
    assert "_auth_user_id" not in client.session
    assert client.post("/akun/kata-sandi/lupa/", {"email": official.email}).status_code == 503


def test_whoever_is_signed_in_goes_on_working_and_signs_out(client, no_cache):
    factories.regions()
    client.force_login(factories.user())
    assert client.get("/petugas/").status_code == 200
    assert client.post("/akun/keluar/").status_code == 302


def test_when_the_cache_is_back_signing_in_works_at_once(client, valkey):
    factories.regions()
    official = factories.user()
    valkey.kill()
    sent = {"login": official.email, "password": factories.PASSWORD}
    try:
        assert client.post("/akun/masuk/", sent).status_code == 503
    finally:
        valkey.start()
    assert client.post("/akun/masuk/", sent).status_code == 302
