"""What officials were refused stands in the history, and nothing secret with it."""

import pytest
from celery import current_app, shared_task
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, resolve
from django.views.decorators.http import require_POST

from programs.models import Venue
from rtportal.accounts.row_guard import acting_as
from rtportal.audit.models import AuditEvent
from rtportal.web.refusals import spoken_address
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(areas=(factories.JARO,))


def browser(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def lines() -> list[tuple[str, str, str]]:
    refused = AuditEvent.objects.filter(action__startswith="refusal.").order_by("pk")
    return list(refused.values_list("action", "sentence", "region_code"))


def test_a_right_that_is_lacking_and_a_stranger_are_told_apart(wave):
    browser(factories.user(role="viewer")).get(f"/gelombang/{wave.pk}/ubah/?nik=6309110101800001")
    browser(factories.user(region=factories.JAMBI)).post(f"/gelombang/{wave.pk}/ubah/")
    assert lines() == [
        ("refusal.no_right", f"Ditolak, tidak berwenang: GET /gelombang/{wave.pk}/ubah/", factories.TABALONG),
        (
            "refusal.out_of_scope",
            f"Ditolak, di luar wilayahnya atau tidak ada: POST /gelombang/{wave.pk}/ubah/",
            factories.JAMBI,
        ),
    ]


def test_the_same_again_within_a_minute_is_one_line(wave):
    client = browser(factories.user(role="viewer"))
    for _ in range(3):
        client.get(f"/gelombang/{wave.pk}/ubah/")
    client.post(f"/gelombang/{wave.pk}/ubah/")
    assert len(lines()) == 2


def test_whoever_tries_all_numbers_does_not_fill_the_history(wave):
    client = browser(factories.user(region=factories.JAMBI))
    for number in range(wave.pk, wave.pk + 40):
        client.get(f"/gelombang/{number}/")
    assert len(lines()) == 30


def test_nothing_is_written_about_strangers_typing_errors_and_what_is_allowed(wave):
    Client().get(f"/gelombang/{wave.pk}/ubah/")
    client = browser(factories.user())
    client.get("/tidak/ada/")
    client.get(f"/gelombang/{wave.pk}/")
    assert lines() == []


@pytest.mark.parametrize(
    ("address", "spoken"),
    [
        ("/gelombang/12/ubah/", "/gelombang/12/ubah/"),
        ("/gelombang/6309110101800001/", "/gelombang/…/"),
        ("/u/rahasia-rahasia/", "/u/…/"),
        ("/ekspor/6281234567890/", "/ekspor/…/"),
    ],
)
def test_texts_and_long_numbers_of_an_address_are_left_out(address, spoken):
    assert spoken_address(resolve(address)) == spoken


def test_a_line_that_cannot_be_written_changes_no_answer(wave, caplog):
    def fail(execute, sql, params, many, context):
        if "INSERT INTO" in sql and "audit_auditevent" in sql:
            raise DatabaseError("disk full")
        return execute(sql, params, many, context)

    client = browser(factories.user(role="viewer"))
    with connection.execute_wrapper(fail):
        assert client.get(f"/gelombang/{wave.pk}/ubah/").status_code == 403
    assert "a refusal was not written down" in caplog.text


@require_POST
@transaction.atomic
def write_a_venue(request: HttpRequest, region: str) -> HttpResponse:
    """A page that forgot to ask whether the region is the official's."""
    factories.venue(region=factories.JARO, name="Balai sebelumnya")
    factories.venue(region=region, name="Balai yang ditulis")
    return HttpResponse("Tersimpan.")


def fail_at_the_installation(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pg_authid")
    return HttpResponse("Terbaca.")


class Forgetful:
    """The portal's addresses, and two pages that ask nothing of their own."""

    urlpatterns = [
        path("uji/balai/<str:region>/", write_a_venue),
        path("uji/katalog/", fail_at_the_installation),
        path("", include("rtportal.urls")),
    ]


@pytest.mark.row_locks
def test_what_only_the_database_refuses_is_answered_and_noted_like_any_other_region(wave, settings, caplog):
    settings.ROOT_URLCONF = Forgetful
    client = browser(factories.user(role="district_operator", region=factories.JARO))
    before = Venue.objects.count()
    met = client.post(f"/uji/balai/{factories.JAMBI}/")
    beyond = browser(factories.user(region=factories.JAMBI)).get(f"/gelombang/{wave.pk}/")
    assert (met.status_code, beyond.status_code) == (404, 404)
    assert "Halaman tidak ditemukan" in met.text
    assert [name.name for name in met.templates] == [name.name for name in beyond.templates]
    assert Venue.objects.count() == before
    assert lines()[0][:2] == (
        "refusal.out_of_scope",
        "Ditolak, di luar wilayahnya atau tidak ada: POST /uji/balai/…/",
    )
    # Whoever keeps the portal hears of the page that asked too little.
    assert "only row-level security refused /uji/balai/…/" in caplog.text
    assert client.post(f"/uji/balai/{factories.JARO}/").text == "Tersimpan."
    assert Venue.objects.count() == before + 2


@pytest.mark.row_locks
def test_a_table_that_the_installation_may_not_touch_stays_a_fault(wave, settings):
    settings.ROOT_URLCONF = Forgetful
    client = Client(raise_request_exception=False)
    client.force_login(factories.user())
    with transaction.atomic():
        assert client.get("/uji/katalog/").status_code == 500
        transaction.set_rollback(True)
    assert lines() == []


@pytest.mark.row_locks
def test_a_task_that_writes_beyond_whom_it_acts_for_fails_loudly(wave):
    operator = factories.user(role="district_operator", region=factories.JARO)

    @shared_task(name="tests.write_a_venue")
    def write() -> None:
        with acting_as(operator):
            factories.venue(region=factories.JAMBI)

    with transaction.atomic(), pytest.raises(ProgrammingError, match="row-level security"):
        write.apply(throw=True)
    current_app.tasks.unregister("tests.write_a_venue")
