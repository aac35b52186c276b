import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(client):
    factories.regions(factories.TABALONG, factories.JAMBI)
    who = factories.user(name="Siti Rahmah")
    client.force_login(who)
    return who


def page(client):
    response = client.get(reverse("programs:settings"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_offices_and_venues_of_the_own_region_are_shown(client, official):
    office = factories.office(contact_phone="+6281234567890")
    factories.venue()
    text = page(client)
    assert "Ibu Nor Hayati, 0812-3456-7890" in text
    assert reverse("programs:office_update", args=[office.pk]) in text
    assert "1 tempat tercatat" in text


def test_without_an_office_the_page_offers_to_add_one(client, official):
    assert "Kantor belum dicatat" in page(client)
    assert reverse("programs:office_create") in page(client)
