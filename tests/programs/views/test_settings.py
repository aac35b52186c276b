import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rtportal.accounts.models import Assignment, User
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


def test_offices_people_and_venues_of_the_own_region_are_shown(client, official):
    office = factories.office(contact_phone="+6281234567890")
    factories.venue()
    factories.user(name="Operator Jaro", role="district_operator", region=factories.JARO)
    factories.user(name="Petugas Jambi", region=factories.JAMBI)
    text = page(client)
    assert "Ibu Nor Hayati, 0812-3456-7890" in text
    assert reverse("programs:office_update", args=[office.pk]) in text
    assert "1 tempat tercatat" in text
    assert "Operator Jaro" in text
    assert "Petugas Jambi" not in text


def test_without_an_office_the_page_offers_to_add_one(client, official):
    assert "Kantor belum dicatat" in page(client)
    assert reverse("programs:office_create") in page(client)


def test_the_list_of_people_takes_as_many_queries_for_many_as_for_one(client, official, django_assert_num_queries):
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    people = User.objects.bulk_create(User(email=f"p{index}@kantor.test", name=f"P {index}") for index in range(60))
    Assignment.objects.bulk_create(
        Assignment(user=person, role="viewer", region_id=factories.TABALONG) for person in people
    )
    with django_assert_num_queries(len(one)):
        assert "1–50 dari 61" in page(client)
