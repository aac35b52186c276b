"""Requests of officials act for them at the database, and leave it as they found it."""

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from rtportal.web.row_guard import RowGuardMiddleware
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.row_locks,
]


def actor() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('rtportal.actor', true)")
        return cursor.fetchone()[0]


def serve(view, user):
    request = RequestFactory().get("/")
    request.user = user
    return RowGuardMiddleware(view)(request)


@pytest.fixture
def official():
    factories.regions()
    return factories.user()


def test_a_request_acts_for_its_user(official):
    response = serve(lambda request: HttpResponse(actor()), official)
    assert response.content.decode() == str(official.pk)
    assert actor() == "system"


def test_nobody_acts_for_nobody():
    assert Client().get(reverse("account_login")).wsgi_request.user.is_anonymous
    response = serve(lambda request: HttpResponse(actor()), Client().get(reverse("account_login")).wsgi_request.user)
    assert response.content == b"nobody"
    assert actor() == "system"


def test_a_page_that_fails_leaves_nothing_behind(official):
    def broken(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        serve(broken, official)
    assert actor() == "system"


def test_a_stream_acts_for_its_user_and_for_nobody_else_between_its_parts(official):
    def parts():
        for _ in range(2):
            yield actor()

    response = serve(lambda request: StreamingHttpResponse(parts()), official)
    assert actor() == "system"
    met = [(part.decode(), actor()) for part in response.streaming_content]
    assert met == [(str(official.pk), "system")] * 2


def test_a_personal_page_knows_no_official(official):
    wave = factories.wave(areas=(factories.JARO,))
    enrolment = factories.enrolment(wave=wave, head=factories.heads(1, district=factories.JARO)[0])
    client = Client()
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.get(factories.personal_path(enrolment)).status_code == 200


def test_whoever_signs_in_is_found():
    factories.regions()
    user = factories.user(role="viewer")
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD})
    assert client.get(reverse("participants:home")).status_code == 200
