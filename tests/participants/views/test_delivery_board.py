"""The delivery board of a wave, and the history on a participant's page."""

import pytest
from django.urls import reverse

from participants.use_cases.invite_participants import invite_participants
from rtportal.lib import clock
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(client):
    factories.regions()
    factories.heads(3)
    made = factories.wave(on=clock.now().date().replace(year=clock.now().year + 1, month=6, day=10))
    official = factories.user()
    invite_participants(wave_id=made.pk, by=official, now=NOW)
    client.force_login(official)
    return made


def board(client, wave, **options):
    return client.get(reverse("participants:delivery_board", args=[wave.pk]), **options)


def test_the_board_counts_the_messages_of_this_wave(client, wave):
    other = factories.wave(areas=(factories.JARO,), number=2, program=wave.program)
    factories.heads(2, district=factories.JARO)
    invite_participants(wave_id=other.pk, by=factories.user(), now=NOW)
    assert board(client, wave).context["board"].total == 3
    assert board(client, other).context["board"].total == 2


def test_the_invitations_tab_leads_to_it(client, wave):
    page = client.get(reverse("participants:invitations", args=[wave.pk])).content.decode()
    assert reverse("participants:delivery_board", args=[wave.pk]) in page


def test_who_was_not_reached_is_listed_with_the_way_to_record_an_answer(client, wave):
    lost = Message.objects.earliest("pk")
    Message.objects.filter(pk=lost.pk).update(state="failed", passed_on_at=NOW, detail="Kotak surat tidak ada.")
    page = board(client, wave).content.decode()
    assert f"/peserta/{lost.about_id}/#catat-jawaban" in page
    assert "Kotak surat tidak ada." in page


def test_it_refreshes_itself_as_a_fragment(client, wave):
    page = board(client, wave, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert f'hx-get="/gelombang/{wave.pk}/papan/"' in page


def test_a_participants_page_tells_the_history_and_returns_to_itself(client, wave):
    message = Message.objects.earliest("pk")
    address = reverse("participants:enrolment_detail", args=[message.about_id])
    page = client.get(address).content.decode()
    assert "Masuk antrean." in page
    assert "Tarik" in page
    answer = client.post(
        reverse("messaging:message_act", args=[message.pk]), {"tindakan": "tarik", "kembali": address}, follow=True
    )
    assert answer.redirect_chain[-1][0] == address
    assert "Ditarik oleh" in answer.content.decode()
