"""Owners of accounts hear by e-mail, once and after the commit, that their password or second factor changed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import transaction
from django.urls import reverse

from rtportal.lib import clock
from rtportal.trust.account_mail import SUBJECT, mail_owner
from tests import factories
from tests.rtportal.trust.cast import cast

NEW = "kata-sandi-yang-lain"


@pytest.fixture
def people(transactional_db):
    return cast()


@pytest.fixture
def owner(people, client):
    client.force_login(people.official)
    return people.official


def told() -> list[tuple[list[str], str]]:
    """To whom, and what changed."""
    letters = [letter for letter in mail.outbox if letter.subject == SUBJECT]
    return [(letter.to, re.search("Perubahan: (.*)", letter.body)[1]) for letter in letters]


def change_password(client):
    typed = {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW}
    return client.post(reverse("account_change_password"), typed)


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(clock.now().timestamp()) // 30))


def test_a_new_password_is_told_with_when_and_where_from_and_never_itself(client, owner):
    change_password(client)
    assert told() == [([owner.email], "kata sandi diganti")]
    [letter] = mail.outbox
    assert "Yth. Siti Rahmah" in letter.body
    assert "WITA" in letter.body
    assert "Dari alamat internet: 127.0.0.1" in letter.body
    assert NEW not in letter.body
    assert "hubungi admin" in letter.body


def test_a_refused_password_tells_nobody(client, owner):
    typed = {"oldpassword": "salah-sekali", "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), typed)
    assert told() == []


def test_a_password_from_the_link_for_forgotten_ones_is_told(client, people):
    client.post(reverse("account_reset_password"), {"email": people.official.email})
    link = re.search(r"http://testserver(/akun/kata-sandi/baru/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert told() == [([people.official.email], "kata sandi diganti lewat tautan Lupa kata sandi")]


def test_an_app_that_is_set_up_and_taken_away_is_told_once_each(client, owner):
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_of(client.session["mfa.totp.secret"])})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    assert [what for _, what in told()] == [
        "aplikasi kode dipasang sebagai pengaman kedua",
        "kode cadangan yang baru dibuat; yang lama tidak berlaku lagi",
        "aplikasi kode dihapus dari pengaman kedua",
    ]


def test_a_factor_that_an_admin_takes_away_is_told_to_its_owner(client, people):
    Authenticator.objects.create(user=people.official, type="totp", data={"secret": "x"})
    client.force_login(people.admin)
    for _ in range(2):
        client.post(reverse("trust:official_factor_reset", args=[people.official.pk]))
    assert told() == [([people.official.email], "pengaman kedua dihapus oleh admin")]
    assert "Dari alamat internet" not in mail.outbox[0].body


def test_what_is_rolled_back_is_not_told(people):
    with transaction.atomic():
        mail_owner(people.official, "kata sandi diganti", at=clock.now())
        transaction.set_rollback(True)
    assert told() == []


def test_a_mail_server_that_does_not_answer_breaks_no_page(client, owner, settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    assert change_password(client).status_code == 302
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_without_a_mail_server_nothing_is_written(client, owner, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    change_password(client)
    assert not (tmp_path / "mail").exists()
