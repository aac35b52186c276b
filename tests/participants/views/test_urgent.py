from datetime import timedelta

import pytest
from django.urls import reverse

from rtportal.lib import clock
from rtportal.messaging.models import Message
from tests import factories

pytestmark = pytest.mark.django_db

REASON = {"alasan": "Tempat acara besok pagi berpindah"}


@pytest.fixture
def wave(client):
    factories.regions(factories.TABALONG)
    now = clock.now()
    made = factories.wave(on=(now + timedelta(days=5)).date(), invitations_opened_at=now)
    enrolment = factories.enrolment(wave=made)
    Message.objects.create(
        dedupe_key="a",
        kind="invitation",
        channel="email",
        address="a@rt.test",
        recipient_name="A",
        region_code=enrolment.village_id,
        group=made.group,
        about_id=enrolment.pk,
        queued_at=now,
        due_at=now + timedelta(hours=8),
        hold="quiet",
    )
    client.force_login(factories.user())
    return made


def page(client, wave) -> str:
    return " ".join(client.get(reverse("participants:invitations", args=[wave.pk])).content.decode().split())


def send(client, wave, data=REASON):
    return client.post(reverse("participants:held_send", args=[wave.pk]), data, follow=True)


def test_the_tab_says_until_when_messages_are_held(client, wave):
    words = clock.soon_words(Message.objects.get().due_at, wave.zone, now=clock.now())
    assert "1 pesan ditahan sampai jam kirim" in page(client, wave)
    assert f"Pesan dikirim mulai <strong>{words}</strong>" in page(client, wave)


def test_with_a_reason_they_go_at_once(client, wave):
    assert "1 pesan mendesak sedang dikirim." in send(client, wave).content.decode()
    assert Message.objects.get().urgent_reason == REASON["alasan"]
    assert "ditahan sampai jam kirim" not in page(client, wave)


@pytest.mark.parametrize("data", [{}, {"alasan": " "}, {"alasan": "x" * 999}])
def test_without_a_reason_nothing_happens_and_the_page_says_so(client, wave, data):
    assert "lasan" in send(client, wave, data).content.decode()
    assert Message.objects.get().hold == "quiet"


def test_an_operator_reads_of_it_and_may_not_hurry(client, wave):
    client.force_login(factories.user(role="district_operator", region=factories.MURUNG_PUDAK))
    assert "Tidak dapat menunggu?" not in page(client, wave)
    assert send(client, wave).status_code == 403
    client.force_login(factories.user(region=None))
    assert send(client, wave).status_code == 404


def test_a_held_message_says_when_it_goes_wherever_it_is_listed(client, wave):
    message = Message.objects.get()
    words = f"dikirim {clock.soon_words(message.due_at, wave.zone, now=clock.now())}"
    for path in (reverse("messaging:message_list"), reverse("messaging:message_detail", args=[message.pk])):
        assert words in " ".join(client.get(path).content.decode().split())
    board = client.get(reverse("participants:delivery_board", args=[wave.pk])).content.decode()
    assert "Kirim 1 pesan sekarang juga" in board


def test_a_reason_with_a_nul_is_kept_without_it(client, wave):
    client.post(reverse("participants:held_send", args=[wave.pk]), {"alasan": "Ban\0jir"})
    assert Message.objects.get().urgent_reason == "Banjir"
