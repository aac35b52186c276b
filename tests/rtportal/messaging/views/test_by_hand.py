"""The work queue page: number after number, with and without htmx."""

from datetime import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from rtportal.lib import clock
from rtportal.messaging.models import Message, SendingHours
from rtportal.messaging.use_cases.open_task import open_task
from tests import factories
from tests.factories import JAMBI, NOW, TABALONG
from tests.rtportal.messaging.by_hand_queue import DESA, task

pytestmark = pytest.mark.django_db
LIST = reverse("messaging:task_list")
QUEUE = reverse("messaging:task_queue", args=[DESA])
NEXT = reverse("messaging:task_work", args=[DESA])
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def operator(client):
    factories.regions()
    user = factories.user(role="district_operator", region=f"{TABALONG}.06")
    client.force_login(user)
    return user


def card(response) -> dict | None:
    return response.context["card"]


def go_on(client, result: str = "", *, headers=None):
    """What the operator's next tap does, with everything that the card before holds."""
    mine = Message.objects.tasks().filter(started_at__isnull=False).values_list("pk", flat=True)
    return client.post(NEXT, {"pesan": list(mine), "hasil": result} if result else {}, headers=headers)


def states() -> dict[int, str]:
    return dict(Message.objects.values_list("about_id", "state"))


def test_the_list_counts_telephone_numbers_by_kelurahan(client, operator):
    task(1, "+6281211112222"), task(2, "+6281211112222"), task(3)
    task(4, region_code=f"{JAMBI}.01.1001")
    [place] = client.get(LIST).context["page"]
    assert (place.region.code, place.phones, place.opened) == (DESA, 2, 0)


def test_looking_at_the_queue_opens_nothing(client, operator):
    task(1)
    page = client.get(QUEUE)
    assert card(page) is None
    assert "1 nomor" in page.content.decode()
    assert Message.objects.get().started_at is None


def test_the_link_opens_whatsapp_with_the_text_of_now(client, operator):
    task(1)
    page = go_on(client)
    link = urlsplit(card(page)["link"])
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/6281200000001")
    assert parse_qs(link.query)["text"] == ["Isi surat nomor 1."]
    html = page.content.decode()
    assert 'target="_blank" rel="noopener noreferrer"' in html


def test_two_heads_with_one_telephone_get_one_message_and_are_marked_together(client, operator):
    task(1, "+6281211112222"), task(2, "+6281211112222")
    page = go_on(client)
    text = parse_qs(urlsplit(card(page)["link"]).query)["text"][0]
    assert "Isi surat nomor 1." in text
    assert "Isi surat nomor 2." in text
    assert "Selesai" in go_on(client, "terkirim").content.decode()
    assert states() == {1: "accepted", 2: "accepted"}


def test_a_tap_marks_one_and_brings_the_next_as_a_fragment(client, operator):
    task(1), task(2)
    go_on(client, headers=FRAGMENT)
    page = go_on(client, "terkirim", headers=FRAGMENT)
    assert card(page)["messages"][0].about_id == 2
    assert "<html" not in page.content.decode()
    assert states() == {1: "accepted", 2: "task"}


def test_a_number_without_whatsapp_goes_on_to_the_letter(client, operator):
    task(1, route=(("manual", "+6281200000001"), ("letter", "Desa Kapar")))
    go_on(client)
    go_on(client, "salah")
    assert list(Message.objects.order_by("pk").values_list("channel", "state", "failure")) == [
        ("manual", "failed", "address"),
        ("letter", "task", ""),
    ]


def test_what_is_skipped_comes_again_at_the_end(client, operator):
    task(1), task(2)
    go_on(client)
    assert card(go_on(client, "lewati"))["messages"][0].about_id == 2
    assert card(go_on(client, "terkirim"))["messages"][0].about_id == 1


def test_made_up_people_have_no_link(client, operator):
    task(1, is_synthetic=True)
    page = go_on(client)
    assert card(page)["link"] == ""
    assert "wa.me" not in page.content.decode()


def test_in_quiet_hours_the_page_says_when_they_end(client, operator):
    task(1)
    assert "jam tenang" not in client.get(QUEUE).content.decode()
    # A minute of the other half of the day, whenever this test runs.
    hour = 3 if clock.now().astimezone(clock.parse_zone("WITA")).hour >= 12 else 15
    SendingHours.objects.filter(region=TABALONG).update(opens_at=time(hour, 0), closes_at=time(hour, 1))
    assert "Sekarang jam tenang" in client.get(QUEUE).content.decode()


def test_what_a_colleague_has_open_is_named_and_can_be_taken_over(client, operator):
    message = task(1)
    open_task(region_code=DESA, by=factories.user(name="Nor Hayati"), now=NOW)
    page = client.get(QUEUE).content.decode()
    assert "dibuka Nor Hayati" in page
    assert card(go_on(client)) is None
    client.post(reverse("messaging:task_take_over", args=[message.pk]))
    assert card(go_on(client))["messages"] == [message]


def test_marking_what_somebody_else_marked_says_so_and_changes_nothing(client, operator):
    message = task(1)
    open_task(region_code=DESA, by=factories.user(), now=NOW)
    page = client.post(NEXT, {"pesan": message.pk, "hasil": "salah"})
    assert "sudah ditandai atau diambil petugas lain" in page.content.decode()
    assert states() == {1: "task"}


@pytest.mark.parametrize(
    "typed", [{"pesan": "x", "hasil": "terkirim"}, {"pesan": "1", "hasil": "?"}, {"hasil": "salah"}]
)
def test_nonsense_marks_nothing(client, operator, typed):
    task(1)
    assert client.post(NEXT, typed).status_code == 200
    assert states() == {1: "task"}


@pytest.mark.parametrize("code", [f"{JAMBI}.01.1001", "63", "99.99", "x"])
def test_places_out_of_scope_do_not_exist(client, operator, code):
    assert client.get(reverse("messaging:task_queue", args=[code])).status_code == 404


def test_the_page_costs_the_same_for_one_number_as_for_many(client, operator, django_assert_max_num_queries):
    task(1)
    with django_assert_max_num_queries(13) as one:
        client.get(QUEUE)
    for number in range(2, 40):
        task(number)
    with django_assert_max_num_queries(len(one)):
        client.get(QUEUE)


def test_a_nul_in_a_code_is_no_fault_of_the_portals(client, operator):
    assert client.get(reverse("messaging:task_queue", args=[f"{DESA}.\0"])).status_code == 404
