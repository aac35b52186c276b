import pytest
from django.urls import reverse

from programs.models import Office
from tests import factories

pytestmark = pytest.mark.django_db

TYPED = {"name": "DPMD Kabupaten Tabalong", "contact_name": "Ibu Nor Hayati", "contact_phone": "0526-2021234"}
TYPED |= {"greeting": "Assalamualaikum", "version": "1"}


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    who = factories.user()
    client.force_login(who)
    return who


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0526-2021234", "0526-2021234"),
        ("(0526) 2021234", "(0526) 2021234"),
        ("0812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
    ],
)
def test_the_telephone_may_be_a_landline_or_a_mobile(client, official, typed, kept):
    client.post(reverse("programs:office_create"), TYPED | {"contact_phone": typed})
    assert Office.objects.filter(contact_phone=kept).exists()


@pytest.mark.parametrize("typed", ["kantor", "12", "0812", "0526-2021234x", "+", "0......1"])
def test_what_is_no_telephone_number_is_refused_in_words(client, official, typed):
    response = client.post(reverse("programs:office_create"), TYPED | {"contact_phone": typed})
    assert response.status_code == 200
    assert "omor telepon" in response.content.decode()
    assert not Office.objects.exists()


def test_an_office_is_changed_and_its_mobile_is_shown_as_people_write_it(client, official):
    office = factories.office(contact_phone="+6281234567890")
    url = reverse("programs:office_update", args=[office.pk])
    assert "0812-3456-7890" in client.get(url).content.decode()
    client.post(url, TYPED | {"contact_name": "Bapak Rusdi"})
    office.refresh_from_db()
    assert (office.contact_name, office.region_id) == ("Bapak Rusdi", factories.TABALONG)


def test_the_second_editor_is_told_and_loses_nothing_typed(client, official):
    office = factories.office(contact_name="Ibu Nor Hayati")
    url = reverse("programs:office_update", args=[office.pk])
    client.post(url, TYPED | {"contact_name": "Bapak Rusdi"})
    text = client.post(url, TYPED | {"greeting": "Selamat pagi"}).content.decode()
    assert "Isian Anda belum disimpan." in text
    assert "Ibu Nor Hayati → Bapak Rusdi" in text
    assert 'value="Selamat pagi"' in text
    assert 'name="version" value="2"' in text
    client.post(url, TYPED | {"greeting": "Selamat pagi", "version": "2"})
    office.refresh_from_db()
    assert office.greeting == "Selamat pagi"


def test_a_name_used_twice_is_refused_in_words(client, official):
    factories.office(name=TYPED["name"])
    text = client.post(reverse("programs:office_create"), TYPED).content.decode()
    assert "Sudah ada kantor dengan nama ini di wilayah Anda." in text
    assert Office.objects.count() == 1


def test_an_official_of_a_province_chooses_the_kabupaten(client):
    factories.regions("63.09", "63.01")
    client.force_login(factories.user(region="63"))
    client.post(reverse("programs:office_create"), TYPED | {"region": "63.01"})
    assert Office.objects.get().region_id == "63.01"
    text = client.post(reverse("programs:office_create"), TYPED | {"region": "15.71"}).content.decode()
    assert "Masukkan pilihan yang valid." in text
