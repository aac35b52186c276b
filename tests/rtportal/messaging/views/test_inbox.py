import pytest
from django.urls import reverse

from rtportal.messaging.models import InboxItem
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests import factories
from tests.factories import JAMBI, NOW
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
LIST = reverse("messaging:inbox_list")


@pytest.fixture(autouse=True)
def _delivered(settings):
    settings.MESSAGE_CHANNELS = ["inbox"]
    factories.regions()
    queue(1, recipient_name="Hj. Nor Hayati")
    queue(2)
    queue(3, region_code=f"{JAMBI}.01.1001")
    deliver_due_messages(now_fn=lambda: NOW)


@pytest.fixture
def official(client):
    user = factories.user()
    client.force_login(user)
    return user


def names(response) -> list[str]:
    return [item.recipient_name for item in response.context["rows"]]


def item(number: int) -> InboxItem:
    return InboxItem.objects.get(message__about_id=number)


def address(number: int) -> str:
    return reverse("messaging:inbox_detail", args=[item(number).pk])


def test_an_official_reads_what_people_in_her_regions_would_have_received(client, official):
    assert names(client.get(LIST)) == ["Ketua RT 2", "Hj. Nor Hayati"]
    page = client.get(address(1)).content.decode()
    assert "Surat 1" in page
    assert "Isi surat nomor 1." in page


def test_a_person_is_found_by_name(client, official):
    assert names(client.get(LIST, {"cari": "nor hayati"})) == ["Hj. Nor Hayati"]
    assert "Tidak ada yang cocok" in client.get(LIST, {"cari": "siapa"}).content.decode()


def test_a_link_can_be_clicked_and_markup_cannot_run(client, official):
    InboxItem.objects.filter(pk=item(1).pk).update(body="Buka http://localhost:8000/u/abc/\n<script>x</script>")
    page = client.get(address(1)).content.decode()
    assert '<a href="http://localhost:8000/u/abc/"' in page
    assert "<script>x" not in page


def test_other_regions_have_their_own_inbox(client, official):
    assert client.get(address(3)).status_code == 404


def test_it_exists_only_where_it_is_in_use(client, official, settings):
    settings.MESSAGE_CHANNELS = ["email"]
    assert client.get(LIST).status_code == 404
    assert client.get(address(1)).status_code == 404
    assert LIST not in client.get(reverse("messaging:message_list")).content.decode()


def test_a_message_leads_to_what_was_received(client, official):
    page = client.get(reverse("messaging:message_detail", args=[item(1).message_id])).content.decode()
    assert address(1) in page


def test_nobody_reads_it_without_a_sign_in(client):
    assert client.get(LIST).status_code == 302
    assert client.get(address(1)).status_code == 302


def test_the_list_asks_as_many_questions_for_sixty_items_as_for_two(client, official, django_assert_num_queries):
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    queue(*range(10, 70))
    deliver_due_messages(now_fn=lambda: NOW)
    with django_assert_num_queries(8):
        assert len(names(client.get(LIST))) == 50
