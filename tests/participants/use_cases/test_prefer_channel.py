import pytest
from django.urls import reverse

from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.prefer_channel import PreferenceRefused, prefer_channel
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    factories.regions(factories.TABALONG)
    return factories.enrolment(wave=factories.wave(), head=factories.head(email="a@rt.test"))


def test_the_chosen_channel_comes_first_in_messages_written_from_then_on(enrolment):
    official = factories.user()
    other = factories.head(number="002", email="b@rt.test")
    assert prefer_channel(enrolment=enrolment, channel="letter", by=official, now=NOW) is True
    enrolment.head.refresh_from_db()
    assert enrolment.head.preferred_channel == "letter"
    assert AuditEvent.objects.get().sentence == "Ahmad Fauzi (RT 001) diberi tahu lebih dahulu lewat Surat."
    enrolment.delete()
    invite_participants(wave_id=enrolment.wave_id, by=official, now=NOW)
    channels = dict(Message.objects.values_list("recipient_name", "channel"))
    assert Message.objects.get(channel="letter").route == [["inbox", "a@rt.test"], ["manual", "+6281234567890"]]
    assert set(channels.values()) <= {"letter", "inbox"}
    assert Message.objects.get(channel="inbox").address == other.email


def test_the_same_choice_again_changes_nothing(enrolment):
    assert prefer_channel(enrolment=enrolment, channel="", by=factories.user(), now=NOW) is False
    assert not AuditEvent.objects.exists()


def test_a_channel_that_there_is_not_is_refused(enrolment):
    with pytest.raises(PreferenceRefused):
        prefer_channel(enrolment=enrolment, channel="merpati", by=factories.user(), now=NOW)


def test_it_is_chosen_on_the_page_of_the_participant(enrolment, client):
    client.force_login(factories.user(role="village_operator", region=enrolment.village_id))
    page = reverse("participants:enrolment_detail", args=[enrolment.pk])
    assert "Diberi tahu lebih dahulu lewat" in client.get(page).content.decode()
    url = reverse("participants:channel_prefer", args=[enrolment.pk])
    assert "Saluran pilihan" in client.post(url, {"preferred_channel": "manual"}, follow=True).content.decode()
    enrolment.head.refresh_from_db()
    assert enrolment.head.preferred_channel == "manual"
    text = client.post(url, {"preferred_channel": "merpati"}, follow=True).content.decode()
    assert "Pilih salah satu saluran yang ada." in text
    enrolment.head.refresh_from_db()
    assert enrolment.head.preferred_channel == "manual"
