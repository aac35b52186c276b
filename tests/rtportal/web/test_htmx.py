"""Fragments of pages."""

from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true", "HX-Current-URL": "http://testserver/gelombang/3/undangan/?hal=2"}


def test_when_the_sign_in_has_run_out_the_whole_page_goes_there_and_comes_back(client):
    response = client.get("/", headers=FRAGMENT)
    assert response.status_code == 204
    assert unquote(response.headers["HX-Redirect"]) == "/akun/masuk/?next=/gelombang/3/undangan/?hal=2"


def test_an_address_from_elsewhere_is_not_come_back_to(client):
    response = client.get("/", headers=FRAGMENT | {"HX-Current-URL": "https://jahat.test/gelombang/3/"})
    assert unquote(response.headers["HX-Redirect"]) == "/akun/masuk/?next=/"


def test_a_whole_page_is_redirected_as_always(client):
    assert client.get("/").status_code == 302
