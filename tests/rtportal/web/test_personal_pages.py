import pytest
from django.test import Client

from rtportal.web.personal_pages import HEADERS
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_official_who_opens_a_link_is_nobody_there(django_assert_num_queries):
    client = Client()
    factories.regions(factories.MURUNG_PUDAK)
    client.force_login(factories.user())
    # Neither the session nor the user is read.
    with django_assert_num_queries(0):
        response = client.get("/u/x/")
    assert not response.cookies
    assert "Vary" not in response


def test_a_link_whose_last_slash_was_lost_finds_its_page(client):
    response = client.get("/u/abc")
    assert (response.status_code, response["Location"]) == (301, "/u/abc/")


def test_an_address_below_a_link_is_no_page(client):
    assert client.get("/u/abc/def/").status_code in {302, 404}


def test_even_a_page_that_fails_keeps_its_address_to_itself(monkeypatch):
    def fail(template_name, using=None):
        raise RuntimeError

    monkeypatch.setattr("participants.views.invitation_page.get_template", fail)
    response = Client(raise_request_exception=False).get("/u/x/")
    assert response.status_code == 500
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert response["Content-Length"] == str(len(response.content))
