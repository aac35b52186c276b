"""Signing in and out and forgotten passwords, as an official meets them."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions()
    return factories.user(email="petugas@tabalong.test")


def sign_in(client, password=factories.PASSWORD, email="petugas@tabalong.test"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_an_official_signs_in_with_e_mail_and_password(client, official):
    assert sign_in(client).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(official.pk)


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client, official):
    for response in (sign_in(client, "salah-sekali"), sign_in(client, email="orang@lain.test")):
        assert "Alamat e-mail atau kata sandi tidak cocok." in response.text
        assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down(client, official):
    for _ in range(6):
        response = sign_in(client, "salah-sekali")
    assert "Terlalu banyak percobaan" in response.text
    assert "Terlalu banyak percobaan" in sign_in(client).text


def test_someone_who_was_switched_off_is_told_so(client, official):
    official.is_active = False
    official.save()
    response = client.post(
        reverse("account_login"), {"login": official.email, "password": factories.PASSWORD}, follow=True
    )
    assert "_auth_user_id" not in client.session
    assert response.status_code == 200


def test_nobody_signs_up_alone(client):
    response = client.post(
        reverse("account_signup"), {"email": "baru@kantor.test", "password1": "x" * 20, "password2": "x" * 20}
    )
    assert "Akun dibuat oleh admin" in response.text


def test_signing_out_needs_a_click_that_posts(client, official):
    client.force_login(official)
    assert "Keluar dari portal?" in client.get(reverse("account_logout")).text
    assert "_auth_user_id" in client.session
    assert "Anda sudah keluar." in client.post(reverse("account_logout"), follow=True).text
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client, official, settings):
    client.post(reverse("account_reset_password"), {"email": official.email})
    letter = mail.outbox[0]
    assert letter.subject == "Membuat kata sandi baru untuk Portal RT"
    link = re.search(r"http://testserver(/akun/kata-sandi/baru/\S+)", letter.body).group(1)

    form = client.get(link, follow=True)
    assert "Kata sandi baru" in form.text
    new = "kata-sandi-yang-lain"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Kata sandi sudah diganti" in done.text
    assert sign_in(client, new).headers["Location"] == "/"
    assert "Tautan tidak berlaku lagi" in client.get(link, follow=True).text


def test_an_unknown_address_gets_no_mail_and_the_same_page(client, official):
    response = client.post(reverse("account_reset_password"), {"email": "orang@lain.test"}, follow=True)
    assert "Periksa e-mail Anda" in response.text
    assert mail.outbox == []


def test_a_mail_server_that_does_not_answer_breaks_no_page(client, official, settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    response = client.post(reverse("account_reset_password"), {"email": official.email}, follow=True)
    assert "Periksa e-mail Anda" in response.text


def test_a_new_password_is_asked_with_the_old_one(client, official):
    client.force_login(official)
    typed = {"oldpassword": "bukan-yang-ini", "password1": "kata-sandi-yang-lain", "password2": "kata-sandi-yang-lain"}
    assert "Tulis kata sandi Anda yang sekarang." in client.post(reverse("account_change_password"), typed).text
    typed["oldpassword"] = factories.PASSWORD
    client.post(reverse("account_change_password"), typed)
    official.refresh_from_db()
    assert official.check_password("kata-sandi-yang-lain")


@pytest.mark.parametrize("path", ["/akun/", "/akun/email/", "/akun/login/", "/akun/confirm-email/"])
def test_what_a_closed_portal_does_not_need_is_not_there(client, official, path):
    client.force_login(official)
    assert client.get(path).status_code == 404
