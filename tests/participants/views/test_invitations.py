import pytest
from django.urls import reverse

from participants.models import Enrolment
from participants.queries.rehearsal import fingerprint_of
from participants.queries.to_invite import heads_of, to_invite
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


def open_invitations(client, wave, seen=None):
    """What the button sends: the fingerprint of the rehearsal above it, by default of the one shown now."""
    if seen is None:
        rehearsal = client.get(reverse("participants:invitations", args=[wave.pk])).context["rehearsal"]
        seen = rehearsal.fingerprint if rehearsal else ""
    return client.post(reverse("participants:invitations_open", args=[wave.pk]), {"gladi": seen}, follow=True)


def test_the_rehearsal_says_beforehand_whom_it_reaches_and_how(client, wave):
    client.force_login(factories.user())
    response = client.get(reverse("participants:invitations", args=[wave.pk]))
    text = " ".join(response.content.decode().split())
    assert "Kirim undangan kepada 5 ketua RT" in text
    assert '<th scope="row">Kotak masuk percobaan</th> <td class="num" data-label="Orang">4</td>' in text
    assert '<th scope="row">Surat</th> <td class="num" data-label="Orang">1</td>' in text
    assert "Belum ada yang dikirim" in text
    assert not Message.objects.exists()
    assert not Enrolment.objects.exists()


def test_what_was_not_rehearsed_is_not_sent(client, wave):
    client.force_login(factories.user())
    seen = client.get(reverse("participants:invitations", args=[wave.pk])).context["rehearsal"].fingerprint
    factories.head(district=factories.JARO, number="091", email="baru@rt.test")
    for stale in (seen, ""):
        text = open_invitations(client, wave, seen=stale).content.decode()
        assert "berubah sejak gladi kirim ini dibuat" in text
        assert "Kirim undangan kepada 6 ketua RT" in text
    assert not Message.objects.exists()
    assert "6 ketua RT diundang" in open_invitations(client, wave).content.decode()


def test_who_may_not_send_sees_no_rehearsal(client, wave):
    client.force_login(factories.user(role="viewer"))
    response = client.get(reverse("participants:invitations", args=[wave.pk]))
    assert response.context["rehearsal"] is None
    assert "Undangan dikirim oleh petugas pelaksana." in response.content.decode()


def test_opening_enrols_everybody_and_writes_the_messages(client, wave):
    client.force_login(factories.user())
    text = open_invitations(client, wave).content.decode()
    assert "5 ketua RT diundang" in text
    assert Enrolment.objects.count() == 5
    assert Message.objects.filter(state="queued").count() == 4
    assert Message.objects.filter(state="task", channel="letter").count() == 1
    assert '<span class="num" data-count="letter">1</span>' in text


def test_opening_twice_sends_nothing_again(client, wave):
    client.force_login(factories.user())
    open_invitations(client, wave)
    seen = fingerprint_of(wave, to_invite(wave, heads_of(wave)))
    text = open_invitations(client, wave, seen=seen).content.decode()
    assert "Tidak ada yang dikirim lagi" in text
    assert Message.objects.count() == 5


def test_newcomers_are_offered_and_only_they_are_invited(client, wave):
    client.force_login(factories.user())
    open_invitations(client, wave)
    factories.head(district=factories.JARO, number="091", email="baru@rt.test")
    text = client.get(reverse("participants:invitations", args=[wave.pk])).content.decode()
    assert "Kirim undangan kepada 1 ketua RT" in text
    assert "1 ketua RT diundang" in open_invitations(client, wave).content.decode()
    assert Message.objects.count() == 6


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


def test_what_waits_for_an_official_is_linked_from_the_groups(client, wave):
    client.force_login(factories.user())
    tasks, letters = reverse("messaging:task_list"), reverse("participants:letter_wave", args=[wave.pk])
    page = open_invitations(client, wave).content.decode()
    assert f'href="{letters}"' in page
    assert f'href="{tasks}"' not in page
    assert client.get(letters).status_code == 200
    client.force_login(factories.user(role="viewer"))
    assert letters not in client.get(reverse("participants:invitations", args=[wave.pk])).content.decode()
