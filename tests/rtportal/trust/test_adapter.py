"""Guessing passwords: slowed down for each account and each address, with a sentence that says how long."""

import pytest
from django.test import Client

from rtportal.audit.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions()
    return factories.user(email="petugas@tabalong.test")


WRONG = "salah-sekali-ini"


def sign_in(email="petugas@tabalong.test", password=WRONG, **headers):
    return Client(**headers).post("/akun/masuk/", {"login": email, "password": password})


def test_after_five_wrong_passwords_the_account_waits_and_is_told_how_long(official):
    for _ in range(5):
        assert "tidak cocok" in sign_in().text
    locked = sign_in(password=factories.PASSWORD)
    assert "Terlalu banyak percobaan masuk. Coba lagi dalam 5 menit." in locked.text
    assert "_auth_user_id" not in locked.client.session


def test_other_accounts_of_the_same_office_go_on(official):
    other = factories.user(email="lain@tabalong.test")
    for _ in range(6):
        sign_in()
    assert sign_in(other.email, factories.PASSWORD).status_code == 302


def test_one_address_that_tries_many_accounts_waits(official):
    for number in range(10):
        sign_in(f"orang{number}@tabalong.test")
    locked = sign_in(password=factories.PASSWORD)
    assert "Coba lagi dalam 1 menit." in locked.text
    assert sign_in(password=factories.PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_one_account_has_one_count_under_whatever_host_it_is_guessed(official, settings):
    settings.ALLOWED_HOSTS = ["portal.test", "lain.test"]
    hosts = ["portal.test", "portal.test:8000", "portal.test:8001", "lain.test", "LAIN.test:443"]
    for host in hosts:
        assert "tidak cocok" in sign_in(headers={"host": host}).text
    locked = sign_in(password=factories.PASSWORD, headers={"host": "lain.test:9"})
    assert "Terlalu banyak percobaan masuk. Coba lagi dalam 5 menit." in locked.text


def test_all_addresses_of_one_line_that_try_many_accounts_wait_together(official):
    for number in range(10):
        sign_in(f"orang{number}@tabalong.test", REMOTE_ADDR=f"2001:db8:0:1::{number:x}")
    locked = sign_in(password=factories.PASSWORD, REMOTE_ADDR="2001:db8:0:1:ffff::1")
    assert "Coba lagi dalam 1 menit." in locked.text
    assert sign_in(password=factories.PASSWORD, REMOTE_ADDR="::ffff:203.0.113.9").status_code == 302
    assert official.usersession_set.get().ip == "203.0.113.9"


def test_signing_in_rightly_uses_nothing_up(official):
    for _ in range(12):
        assert sign_in(password=factories.PASSWORD).status_code == 302


def test_the_history_tells_failures_and_one_lockout_but_neither_password_nor_unknown_address(official):
    for _ in range(8):
        sign_in()
    sign_in("budi.rahasia@lain.test")
    lines = list(AuditEvent.objects.order_by("id").values_list("action", "sentence", "region_code"))
    failed = ("sign_in.failed", "Gagal masuk ke akun Siti Rahmah.", factories.TABALONG)
    assert lines[:5] == [failed] * 5
    assert [line[0] for line in lines[5:]] == ["sign_in.locked", "sign_in.failed"]
    assert lines[6] == ("sign_in.failed", "Gagal masuk dengan alamat b…@l… yang tidak terdaftar.", "")
    everything = str(list(AuditEvent.objects.values()))
    assert WRONG not in everything
    assert "budi.rahasia" not in everything


def test_behind_our_proxy_the_address_is_the_one_that_the_proxy_saw(official, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    forwarded = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9"}
    sign_in(password=factories.PASSWORD, **forwarded)
    assert official.usersession_set.get().ip == "203.0.113.9"


@pytest.mark.parametrize("address", ["", "bukan-alamat"])
def test_a_request_that_does_not_say_where_it_comes_from_is_served(official, address):
    assert sign_in(password=factories.PASSWORD, REMOTE_ADDR=address).status_code == 302


def test_a_whole_office_behind_one_address_signs_in_at_once():
    factories.regions()
    for number in range(40):
        factories.user(email=f"petugas{number}@tabalong.test")
    met = {sign_in(f"petugas{number}@tabalong.test", factories.PASSWORD).status_code for number in range(40)}
    assert met == {302}
