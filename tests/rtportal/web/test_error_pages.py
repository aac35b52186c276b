"""Every refusal is a page in plain Indonesian with a way on."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import include, path

pytestmark = pytest.mark.django_db


def raising(error: Exception):
    @login_not_required
    def view(request):
        raise error

    return view


class Addresses:
    """A URLconf with the portal's own addresses and three that fail."""

    urlpatterns = [
        path("", include("rtportal.urls")),
        path("uji/403/", raising(PermissionDenied())),
        path("uji/400/", raising(SuspiciousOperation())),
        path("uji/500/", raising(RuntimeError())),
    ]


@pytest.fixture(autouse=True)
def _failing_addresses(settings):
    settings.ROOT_URLCONF = Addresses


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/uji/403/", 403, "Bukan wewenang Anda"),
        ("/uji/tidak-ada/", 404, "Halaman tidak ditemukan"),
        ("/uji/400/", 400, "Permintaan tidak dapat dibaca"),
        ("/uji/500/", 500, "portal sedang bermasalah"),
    ],
)
def test_the_page_says_what_happened_and_leads_on(address, status, words):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    assert words in response.text
    assert 'href="/"' in response.text


def test_an_rt_head_on_a_broken_link_is_told_what_to_do():
    assert "pesan undangan" in Client().get("/u/potongan/tautan/").text


def test_a_form_without_its_cookie_is_asked_to_be_sent_again():
    response = Client(enforce_csrf_checks=True).post("/akun/masuk/", {"login": "x"})
    assert response.status_code == 403
    assert "Silakan coba sekali lagi" in response.text
