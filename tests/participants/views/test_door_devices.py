"""Desks of the door in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participants.models import DoorDevice
from participants.presence.devices import device_of, door_url, token_of
from rtportal.lib import clock
from rtportal.lib.qr import qr_drawing
from tests import factories
from tests.factories import MURUNG_PUDAK
from tests.participants.door_world import desk, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    return factories.wave(on=(clock.now() + timedelta(days=3)).date(), areas=(MURUNG_PUDAK,))


@pytest.fixture
def official(client, wave):
    client.force_login(factories.user())
    return client


def url(wave) -> str:
    return reverse("participants:door_device_list", args=[wave.pk])


def typed(wave, **changes) -> dict:
    day = (wave.ends_at + timedelta(days=1)).date()
    return {"name": "Meja 1", "expires_on": f"{day:%Y-%m-%d}", "expires_time": "12:00"} | changes


def test_a_desk_is_made_and_its_code_can_be_scanned(official, wave):
    response = official.post(url(wave), typed(wave), follow=True)
    page = response.content.decode()
    device = DoorDevice.objects.get()
    assert '<svg class="desk-qr"' in page
    assert qr_drawing(door_url(device))["path"] in page
    assert "Meja 1" in page
    # The link is only in the drawing: nothing of it can be copied or read over somebody's shoulder.
    assert token_of(device.link_id) not in page
    assert response["Cache-Control"] == "no-store"


def test_the_next_free_name_and_the_usual_expiry_stand_there_already(official, wave):
    desk(wave, "Meja 1")
    page = official.get(url(wave)).content.decode()
    assert 'value="Meja 2"' in page
    assert 'value="11:59"' in page


def test_after_the_usual_expiry_a_desk_can_still_be_made_with_what_stands_there(official):
    over = factories.wave(on=(clock.now() - timedelta(days=40)).date(), areas=(MURUNG_PUDAK,))
    form = official.get(url(over)).context["form"]
    official.post(url(over), {name: f"{form[name].value()}"[:10] for name in form.fields})
    assert DoorDevice.objects.get().expires_at > clock.now()


def test_the_code_is_never_shown_again_after_a_device_opened_it(official, wave):
    device = desk(wave)
    card = reverse("participants:door_device_card", args=[device.pk])
    assert "desk-qr" in official.get(card).content.decode()
    device_of(token_of(device.link_id), clock.now())
    page = official.get(card).content.decode()
    assert "desk-qr" not in page
    assert "Sebuah perangkat sudah membukanya" in page


@pytest.mark.parametrize("changes", [{"revoked_at": clock.now()}, {"expires_at": factories.NOW + timedelta(days=1)}])
def test_a_desk_that_is_closed_shows_no_code(official, wave, changes):
    card = reverse("participants:door_device_card", args=[desk(wave, **changes).pk])
    assert "desk-qr" not in official.get(card).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "tidak boleh kosong"),
        ({"name": "x" * 41}, "40"),
        ({"expires_on": "kemarin"}, "tanggal"),
        ({"expires_on": "0001-01-01"}, "Periksa tahunnya"),
        ({"expires_on": "2020-01-01"}, "sudah lewat"),
        ({"expires_on": "2099-01-01"}, "tujuh hari"),
        ({"expires_time": "25:61"}, "waktu"),
    ],
)
def test_what_cannot_be_is_said_in_words(official, wave, changes, sentence):
    response = official.post(url(wave), typed(wave, **changes))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not DoorDevice.objects.exists()


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(official, wave):
    desk(wave, "Meja 1")
    page = official.post(url(wave), typed(wave)).content.decode()
    assert "sudah mempunyai meja dengan nama itu" in page
    assert DoorDevice.objects.count() == 1


def test_a_desk_is_revoked_from_the_list(official, wave):
    device = desk(wave)
    action = reverse("participants:door_device_revoke", args=[device.pk])
    assert action in official.get(url(wave)).content.decode()
    page = official.post(action, follow=True).content.decode()
    assert "Meja 1 dicabut." in page
    assert action not in page
    assert "dicabut</span>" in page


def test_the_list_says_how_each_desk_stands(official, wave):
    session = factories.session(wave=wave)
    now = clock.now()
    by = factories.user()
    busy = desk(wave, "Meja A", by=by, opened_at=now, seen_at=now)
    scan(session, busy, factories.enrolment(wave=wave))
    desk(wave, "Meja B", by=by, opened_at=now, seen_at=now - timedelta(minutes=5))
    desk(wave, "Meja C", by=by)
    page = official.get(url(wave)).content.decode()
    for word in (">terhubung<", ">tidak terhubung<", ">belum dibuka<"):
        assert word in page
    assert '<td class="num" data-label="Catatan masuk">1</td>' in page


def test_a_cancelled_wave_offers_no_new_desk(official, wave):
    wave.cancelled_at = clock.now()
    wave.save()
    assert "Buat meja dan tampilkan" not in official.get(url(wave)).content.decode()


def test_many_desks_cost_as_many_queries_as_one(official, wave, django_assert_num_queries):
    by = factories.user()
    desk(wave, by=by)
    official.get(url(wave))
    with django_assert_num_queries(17):
        official.get(url(wave))
    for number in range(2, 30):
        desk(wave, f"Meja {number}", by=by)
    with django_assert_num_queries(17):
        official.get(url(wave))
