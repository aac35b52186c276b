import pytest
from django.urls import reverse

from rtportal.documents.models import GeneratedFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    wave = factories.wave(invitations_opened_at=factories.NOW)
    factories.enrolment(wave=wave)
    return wave


def ask(client, user, export="daftar-peserta", **fields):
    if user:
        client.force_login(user)
    return client.post(reverse("documents:export_create", args=[export]), fields)


def test_an_admin_is_led_to_the_file(client, wave):
    response = ask(client, factories.user(role="admin"), wave=wave.pk, format="xlsx")
    file = GeneratedFile.objects.get()
    assert (response.status_code, response.url) == (302, reverse("documents:file_detail", args=[file.pk]))
    assert (file.export, file.params, file.subject, file.rows_total) == (
        "daftar-peserta",
        {"wave": wave.pk},
        wave.group,
        1,
    )


@pytest.mark.parametrize(
    ("role", "region", "status"),
    [
        ("admin", factories.TABALONG, 302),
        ("admin", factories.JAMBI, 404),
        ("official", factories.JAMBI, 404),
        ("official", factories.TABALONG, 403),
        ("viewer", factories.TABALONG, 403),
        ("district_operator", factories.MURUNG_PUDAK, 403),
        # An admin of one kecamatan does not get the people of the whole wave.
        ("admin", factories.MURUNG_PUDAK, 403),
        ("admin", None, 404),
    ],
)
def test_who_may_ask(client, wave, role, region, status):
    response = ask(client, factories.user(role=role, region=region), wave=wave.pk, format="csv")
    assert response.status_code == status
    assert GeneratedFile.objects.exists() == (status == 302)


def test_a_stranger_is_asked_to_sign_in(client, wave):
    response = ask(client, None, wave=wave.pk, format="csv")
    assert response.status_code == 302 and "/akun/" in response.url
    assert not GeneratedFile.objects.exists()


@pytest.mark.parametrize("key", ["", "abc", "-1", "1.5", "٣", "9" * 30, "0", "1;DROP", "\0"])
def test_a_wave_that_is_none_is_not_found(client, wave, key):
    assert ask(client, factories.user(role="admin"), wave=key, format="csv").status_code == 404
    assert ask(client, factories.user(role="admin", email="b@kantor.test"), format="csv").status_code == 404


def test_an_export_that_is_none_is_not_found(client, wave):
    response = ask(client, factories.user(role="admin"), export="gaji-pegawai", wave=wave.pk, format="csv")
    assert response.status_code == 404


@pytest.mark.parametrize("file_format", ["", "doc", "XLSX", "../csv"])
def test_an_unknown_format_is_refused_in_words(client, wave, file_format):
    client.force_login(factories.user(role="admin"))
    fields = {"wave": wave.pk, "format": file_format}
    response = client.post(reverse("documents:export_create", args=["daftar-peserta"]), fields, follow=True)
    assert "Format berkas tidak dikenal. Yang ada: Excel (XLSX), CSV, PDF." in response.content.decode()
    assert not GeneratedFile.objects.exists()


def test_looking_at_the_address_makes_nothing(client, wave):
    client.force_login(factories.user(role="admin"))
    assert client.get(reverse("documents:export_create", args=["daftar-peserta"])).status_code == 405
    assert not GeneratedFile.objects.exists()
