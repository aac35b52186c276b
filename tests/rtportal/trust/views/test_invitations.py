"""Inviting officials, and coming in by the link."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.trust.invitation_links import invitation_url
from rtportal.trust.models import OfficialInvitation
from tests import factories
from tests.rtportal.trust.cast import cast

pytestmark = pytest.mark.django_db

INVITED = {"name": "Nor Baru", "email": "baru@tabalong.test", "role": "official", "region": "63.09"}
PASSWORDS = {"password1": "rumah kayu di tepi sungai", "password2": "rumah kayu di tepi sungai"}


@pytest.fixture
def people(settings):
    settings.BASE_URL = "http://testserver"
    return cast()


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path_of(invitation: OfficialInvitation) -> str:
    return invitation_url(invitation.link_id).removeprefix("http://testserver")


def test_the_link_goes_by_mail_and_is_shown_to_be_copied(people):
    response = as_user(people.admin).post("/petugas/undang/", INVITED, follow=True)
    link = invitation_url(OfficialInvitation.objects.get().link_id)
    assert "Undangan dikirim ke baru@tabalong.test." in response.text
    assert link in response.text
    assert mail.outbox[0].to == ["baru@tabalong.test"]
    assert link in mail.outbox[0].body
    assert "Petugas pelaksana untuk Kabupaten Tabalong" in mail.outbox[0].body


@pytest.mark.parametrize("trouble", ["nothing sends mail", "the server is away"])
def test_without_mail_the_link_is_copied(people, settings, port, trouble):
    if trouble == "nothing sends mail":
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    else:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    response = as_user(people.admin).post("/petugas/undang/", INVITED, follow=True)
    assert "Salin tautannya di bawah ini" in response.text
    assert invitation_url(OfficialInvitation.objects.get().link_id) in response.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "bukan alamat"}, "alamat email"),
        ({"name": ""}, "tidak boleh kosong"),
        ({"region": "63"}, "di luar wilayah Anda"),
        ({"email": "siti@tabalong.test"}, "sudah memegang peran itu"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(people, wrong, sentence):
    response = as_user(people.admin).post("/petugas/undang/", INVITED | wrong)
    assert response.status_code == 422
    assert sentence in response.text
    assert not OfficialInvitation.objects.exists()
    assert mail.outbox == []


def test_a_new_official_chooses_a_password_and_is_in(people):
    invitation = factories.official_invitation(by=people.admin, email="baru@tabalong.test")
    client = Client()
    page = client.get(path_of(invitation))
    assert "Ibu Admin mengundang Anda" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert OfficialInvitation.objects.get().accepted_at is None
    assert client.post(path_of(invitation), PASSWORDS).headers["Location"] == "/"
    assert names_in(client) == ["Budi Santoso"]
    assert Client().get(path_of(invitation)).status_code == 404


def names_in(client: Client) -> list[str]:
    return [User.objects.get(pk=client.session["_auth_user_id"]).name]


@pytest.mark.parametrize(
    ("passwords", "sentence"),
    [
        ({"password1": "pendek", "password2": "pendek"}, "setidaknya 12 karakter"),
        ({"password1": "qwertyuiop123", "password2": "qwertyuiop123"}, "terlalu umum"),
        ({"password1": "baru@tabalong", "password2": "baru@tabalong"}, "terlalu mirip"),
        (PASSWORDS | {"password2": "lain sama sekali"}, "tidak sama"),
        ({}, "tidak boleh kosong"),
    ],
)
def test_a_weak_or_mistyped_password_changes_nothing(people, passwords, sentence):
    invitation = factories.official_invitation(by=people.admin, email="baru@tabalong.test")
    response = Client().post(path_of(invitation), passwords)
    assert response.status_code == 422
    assert sentence in response.text
    assert not User.objects.filter(email="baru@tabalong.test").exists()


def test_whoever_has_an_account_signs_in_and_takes_the_role(people):
    invitation = factories.official_invitation(by=people.elsewhere, region=factories.JAMBI, email="siti@tabalong.test")
    page = Client().get(path_of(invitation)).text
    assert "sudah mempunyai akun" in page
    assert "password1" not in page
    refused = Client().post(path_of(invitation), PASSWORDS)
    assert refused.status_code == 422
    assert people.official.check_password(factories.PASSWORD)
    client = as_user(people.official)
    assert "Terima peran ini" in client.get(path_of(invitation)).text
    assert client.post(path_of(invitation)).status_code == 302
    assert people.official.assignments.filter(region_id=factories.JAMBI).exists()


def test_somebody_else_who_is_signed_in_cannot_take_it(people):
    invitation = factories.official_invitation(by=people.admin)
    client = as_user(people.operator)
    assert "Anda sedang masuk sebagai budi@tabalong.test" in client.get(path_of(invitation)).text
    assert client.post(path_of(invitation), PASSWORDS).status_code == 422
    assert OfficialInvitation.objects.get().accepted_at is None


@pytest.mark.parametrize("token", ["x", "A" * 27, "../../akun", "%00"])
def test_a_link_that_nobody_made_opens_nothing(people, token):
    assert Client().get(f"/undangan-petugas/{token}/").status_code == 404


def test_sent_again_and_taken_back_on_the_page(people):
    invitation = factories.official_invitation(by=people.admin)
    client, old = as_user(people.admin), path_of(invitation)
    client.post(f"/petugas/undangan/{invitation.pk}/kirim-ulang/")
    assert len(mail.outbox) == 1
    assert Client().get(old).status_code == 404
    new = path_of(OfficialInvitation.objects.get())
    assert Client().get(new).status_code == 200
    client.post(f"/petugas/undangan/{invitation.pk}/tarik/")
    assert Client().get(new).status_code == 404
    page = client.get(f"/petugas/undangan/{invitation.pk}/").text
    assert "ditarik" in page
    assert "undangan-petugas" not in page
    again = client.post(f"/petugas/undangan/{invitation.pk}/kirim-ulang/", follow=True)
    assert "sudah diterima atau ditarik" in again.text


def test_an_invitation_of_another_region_does_not_exist(people):
    invitation = factories.official_invitation(by=people.admin)
    for reader in (people.elsewhere, people.below):
        client = as_user(reader)
        assert client.get(f"/petugas/undangan/{invitation.pk}/").status_code == 404
        assert client.post(f"/petugas/undangan/{invitation.pk}/kirim-ulang/").status_code == 404
        assert client.post(f"/petugas/undangan/{invitation.pk}/tarik/").status_code == 404
        assert invitation.name not in client.get("/petugas/").text
    assert OfficialInvitation.objects.open(clock.now()).exists()


def test_the_list_tells_whose_link_ran_out(people):
    factories.official_invitation(by=people.admin, now=clock.now() - timedelta(days=8))
    assert "lewat masa berlaku" in as_user(people.admin).get("/petugas/").text


def test_the_mail_goes_to_one_address_only(people):
    wrong = INVITED | {"email": "a@tabalong.test, b@lain.test"}
    assert as_user(people.admin).post("/petugas/undang/", wrong).status_code == 422
    assert mail.outbox == []
