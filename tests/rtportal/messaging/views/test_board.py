"""The board's page, and the buttons below a message."""

import pytest
from django.urls import reverse

from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JAMBI
from tests.rtportal.messaging.letters import queue, states

pytestmark = pytest.mark.django_db
BOARD = reverse("messaging:board")


@pytest.fixture
def official(client):
    factories.regions()
    user = factories.user()
    client.force_login(user)
    return user


def act(client, message: Message, step: str, **fields):
    return client.post(reverse("messaging:message_act", args=[message.pk]), {"tindakan": step} | fields, follow=True)


def test_the_board_counts_the_messages_in_scope_only(client, official):
    queue(1, 2), queue(3, region_code=f"{JAMBI}.01.1001")
    assert client.get(BOARD).context["board"].total == 2


def test_it_refreshes_itself_as_a_fragment(client, official):
    queue(1)
    page = client.get(BOARD, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert 'hx-get="/pesan/papan/"' in page


def test_numbers_of_the_bars_are_written_for_machines(client, official):
    queue(1, 2, 3)
    Message.objects.filter(about_id=1).update(state="read")
    page = client.get(BOARD).content.decode()
    assert 'width="33.33"' in page


def test_a_failed_message_is_tried_again_from_its_page(client, official):
    [message] = queue(1)
    Message.objects.update(state="failed", failure="address")
    detail = client.get(reverse("messaging:message_detail", args=[message.pk])).content.decode()
    assert "Coba lagi lewat Kotak masuk percobaan" in detail
    assert "Pesan dicoba lagi." in act(client, message, "ulang").content.decode()
    assert states() == {1: "queued"}


def test_a_waiting_message_goes_on_or_is_taken_back(client, official):
    one, two = queue(1, 2, route=(("inbox", "rt@rt.test"), ("letter", "Desa Kapar")))
    act(client, one, "lanjut")
    act(client, two, "tarik")
    assert list(Message.objects.order_by("pk").values_list("about_id", "channel", "state")) == [
        (1, "inbox", "failed"),
        (2, "inbox", "withdrawn"),
        (1, "letter", "task"),
    ]


def test_what_cannot_be_done_is_said_and_changes_nothing(client, official):
    [message] = queue(1)
    Message.objects.update(state="accepted")
    assert "Muat ulang" in act(client, message, "tarik").content.decode()
    assert "Pilih" in act(client, message, "hapus").content.decode()
    assert states() == {1: "accepted"}


@pytest.mark.parametrize(("asked", "leads_to"), [("/pesan/", "/pesan/"), ("https://x.test/", ""), ("//x.test/", "")])
def test_the_button_leads_back_to_a_page_of_ours_only(client, official, asked, leads_to):
    [message] = queue(1)
    answer = act(client, message, "tarik", kembali=asked)
    assert answer.redirect_chain[-1][0] == (leads_to or reverse("messaging:message_detail", args=[message.pk]))


def test_a_viewer_sees_no_buttons_and_may_do_nothing(client):
    factories.regions()
    client.force_login(factories.user(role="viewer"))
    [message] = queue(1)
    assert "Tarik" not in client.get(reverse("messaging:message_detail", args=[message.pk])).content.decode()
    assert act(client, message, "tarik").status_code == 403
