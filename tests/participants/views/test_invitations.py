import pytest
from django.urls import reverse

from participants.models import Enrolment
from rtportal.messaging.models import Message
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions()
    factories.heads(4, district=factories.JARO)
    factories.head(district=factories.JARO, number="090", email="", phone="")
    from datetime import timedelta

    from rtportal.lib import clock

    return factories.wave(areas=(factories.JARO,), on=(clock.now() + timedelta(days=30)).date())


def open_invitations(client, wave, **extra):
    return client.post(reverse("participants:invitations_open", args=[wave.pk]), follow=True, **extra)


def test_opening_says_beforehand_whom_it_reaches(client, wave):
    client.force_login(factories.user())
    text = client.get(reverse("participants:invitations", args=[wave.pk])).content.decode()
    assert "Buka undangan untuk 5 ketua RT" in text
    assert "4 orang mendapat pesan" in text
    assert "1 orang tidak punya alamat" in text


def test_opening_enrols_everybody_and_writes_the_messages(client, wave):
    client.force_login(factories.user())
    text = open_invitations(client, wave).content.decode()
    assert "5 ketua RT diundang" in text
    assert Enrolment.objects.count() == 5
    assert Message.objects.filter(state="queued").count() == 4
    assert "Perlu diberi tahu cara lain (1)" in text


def test_opening_twice_sends_nothing_again(client, wave):
    client.force_login(factories.user())
    open_invitations(client, wave)
    text = open_invitations(client, wave).content.decode()
    assert "Tidak ada yang dikirim lagi" in text
    assert Message.objects.count() == 4


def test_newcomers_are_offered_and_only_they_are_invited(client, wave):
    client.force_login(factories.user())
    open_invitations(client, wave)
    factories.head(district=factories.JARO, number="091", email="baru@rt.test")
    text = client.get(reverse("participants:invitations", args=[wave.pk])).content.decode()
    assert "Undang 1 ketua RT baru" in text
    assert "1 ketua RT diundang" in open_invitations(client, wave).content.decode()
    assert Message.objects.count() == 5


def test_a_refusal_is_a_sentence_and_changes_nothing(client, wave):
    wave.venue.capacity = 2
    wave.venue.save()
    client.force_login(factories.user())
    text = open_invitations(client, wave).content.decode()
    assert "Dibutuhkan 5 kursi" in text
    assert not Enrolment.objects.exists()


def test_only_an_official_opens_and_looking_changes_nothing(client, wave):
    url = reverse("participants:invitations_open", args=[wave.pk])
    client.force_login(factories.user(role="viewer"))
    assert client.post(url).status_code == 403
    client.force_login(factories.user(region=factories.JAMBI))
    assert client.post(url).status_code == 404
    client.force_login(factories.user())
    assert client.get(url).status_code == 405
    assert not Enrolment.objects.exists()


def test_the_progress_comes_as_a_fragment_that_asks_again(client, wave):
    client.force_login(factories.user())
    open_invitations(client, wave)
    url = reverse("participants:invitations", args=[wave.pk])
    moving = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in moving
    assert 'hx-trigger="every 2s"' in moving
    Message.objects.update(state="accepted")
    calm = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 15s"' in calm
