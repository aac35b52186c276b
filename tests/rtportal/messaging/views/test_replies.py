import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import RTHead
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message, Reply
from rtportal.messaging.use_cases.receive_reply import receive_reply
from tests import factories
from tests.factories import JAMBI, JARO, MURUNG_PUDAK, NOW
from tests.participants.announcements import invited
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
LIST = reverse("messaging:reply_list")
PHONE = "+6281234567890"


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


@pytest.fixture
def official(client):
    user = factories.user()
    client.force_login(user)
    return user


def reply(text: str = "Parkir di mana?", **fields) -> Reply:
    values = {
        "channel": "whatsapp",
        "external_id": f"wamid.{Reply.objects.count()}",
        "address": PHONE,
        "sender_name": "Ahmad",
        "received_at": NOW,
        "region_code": f"{MURUNG_PUDAK}.2001",
    }
    return Reply.objects.create(text=text, **(values | fields))


def shown(client, query: str = "") -> list[str]:
    return [row.text for row in client.get(LIST + query).context["rows"]]


def page(one: Reply) -> str:
    return reverse("messaging:reply_detail", args=[one.pk])


def handle(client, one: Reply, note: str = "", **options):
    return client.post(reverse("messaging:reply_handle", args=[one.pk]), {"catatan": note}, **options)


def test_what_waits_is_listed_newest_first(client, official):
    reply("pertama")
    reply("sudah dicatat", state="answered")
    reply("kedua")
    assert shown(client) == ["kedua", "pertama"]
    assert shown(client, "?keadaan=answered") == ["sudah dicatat"]
    assert shown(client, "?keadaan=semua") == ["kedua", "sudah dicatat", "pertama"]
    assert shown(client, "?keadaan=ngawur") == ["kedua", "pertama"]


def test_a_reply_is_found_by_name_number_and_words(client, official):
    reply("Parkir di mana?", sender_name="Siti")
    reply("Boleh terlambat?", address="+6281399998888")
    assert shown(client, "?cari=siti") == ["Parkir di mana?"]
    assert shown(client, "?cari=0813-9999-8888") == ["Boleh terlambat?"]
    assert shown(client, "?cari=TERLAMBAT") == ["Boleh terlambat?"]
    assert shown(client, "?cari=tidak+ada%00") == []


def test_replies_of_other_regions_do_not_exist_for_her(client, official):
    far = reply("dari Jambi", region_code=f"{JAMBI}.01.1001")
    assert shown(client) == []
    assert client.get(page(far)).status_code == 404
    assert handle(client, far).status_code == 404


def test_a_sender_nobody_knows_is_for_those_who_plan(client, official):
    unknown = reply("Ini siapa?", region_code="")
    assert shown(client) == ["Ini siapa?"]
    assert "belum dikenal" in client.get(page(unknown)).content.decode()
    operator = factories.user(role="district_operator", region=MURUNG_PUDAK)
    client.force_login(operator)
    assert shown(client) == []
    assert client.get(page(unknown)).status_code == 404


def test_the_page_leads_to_the_person_and_to_the_telephone(client, official):
    [one] = invited(factories.wave(areas=(JARO,)), count=1, district=JARO)
    html = client.get(page(reply(message=Message.objects.get()))).content.decode()
    assert reverse("participants:enrolment_detail", args=[one.pk]) in html
    assert f"Balasan dari {one.head.full_name}" in html
    assert f'href="tel:{PHONE}"' in html
    assert 'href="https://wa.me/6281234567890"' in html


def test_of_two_heads_at_one_number_both_are_named_and_none_is_claimed_to_have_written(client, official):
    first, second = invited(factories.wave(areas=(JARO,)), count=2, district=JARO)
    RTHead.objects.update(phone=PHONE)
    receive_reply(channel="whatsapp", address=PHONE, text="HADIR", external_id="wamid.1", sender_name="Ahmad", now=NOW)
    one = Reply.objects.get()
    assert (one.message, one.region_code) == (None, second.village_id)
    html = client.get(page(one)).content.decode()
    assert "Balasan dari Ahmad" in html
    for each in (first, second):
        assert reverse("participants:enrolment_detail", args=[each.pk]) in html


def test_whoever_shares_the_number_in_another_region_is_not_named(client, official):
    invited(factories.wave(areas=(JARO,)), count=1, district=JARO)
    RTHead.objects.update(phone=PHONE, name="Rahasia Jambi")
    one = reply()
    assert "Rahasia Jambi" in client.get(page(one)).content.decode()
    client.force_login(factories.user(role="district_operator", region=MURUNG_PUDAK))
    assert "Rahasia Jambi" not in client.get(page(one)).content.decode()


def test_a_mail_is_answered_by_mail(client, official):
    html = client.get(page(reply(channel="email", address="rt&1@rt.test"))).content.decode()
    assert 'href="mailto:rt%261@rt.test"' in html
    assert "wa.me" not in html


def test_what_somebody_wrote_stays_text(client, official):
    html = client.get(page(reply("<script>alert(1)</script>\n\nBaris"))).content.decode()
    assert "<script>alert" not in html


def test_earlier_words_of_the_same_number_stand_below(client, official):
    reply("Halo")
    last = reply("Pak?")
    reply("dari nomor lain", address="+6281300000000")
    assert [row.text for row in client.get(page(last)).context["earlier"]] == ["Halo"]


def test_marking_it_handled_keeps_who_and_what_was_done(client, official):
    one = reply(note="Batas jawaban sudah lewat.")
    response = handle(client, one, "  Sudah   ditelepon ", follow=True)
    assert "ditandai sudah ditangani" in response.content.decode()
    one.refresh_from_db()
    assert (one.state, one.handled_by, one.note) == ("handled", official, "Sudah ditelepon")
    event = AuditEvent.objects.get(action="reply.handled")
    assert event.sentence == "Menangani balasan dari Ahmad. Catatan: Sudah ditelepon"
    assert "Tandai sudah ditangani" not in client.get(page(one)).content.decode()


def test_without_a_note_the_reason_stays(client, official):
    one = reply(note="Batas jawaban sudah lewat.")
    handle(client, one)
    one.refresh_from_db()
    assert one.note == "Batas jawaban sudah lewat."


def test_whoever_is_second_is_told_so_and_keeps_what_was_typed(client, official):
    one = reply()
    handle(client, one, "pertama")
    html = handle(client, one, "kedua").content.decode()
    assert "sudah ditangani" in html
    one.refresh_from_db()
    assert one.note == "pertama"


def test_a_note_that_is_too_long_changes_nothing(client, official):
    one = reply()
    html = handle(client, one, "x" * 301).content.decode()
    assert "Catatan terlalu panjang: 301 huruf" in html
    assert "x" * 301 in html
    one.refresh_from_db()
    assert one.state == "new"


def test_an_operator_handles_what_comes_from_her_own_area(client):
    one = reply()
    client.force_login(factories.user(role="district_operator", region=MURUNG_PUDAK))
    handle(client, one)
    one.refresh_from_db()
    assert one.state == "handled"


def test_a_viewer_reads_and_handles_nothing(client):
    one = reply()
    client.force_login(factories.user(role="viewer"))
    assert "menandai balasan sudah ditangani" in client.get(page(one)).content.decode()
    assert handle(client, one).status_code == 403


def test_one_row_and_many_take_the_same_number_of_queries(client, official):
    reply()
    client.get(LIST)
    with CaptureQueriesContext(connection) as of_one:
        client.get(LIST)
    for number in range(20):
        reply(f"ke-{number}", message=queue(number + 1)[0])
    with CaptureQueriesContext(connection) as of_many:
        assert len(client.get(LIST).context["rows"]) == 21
    assert len(of_many) == len(of_one)
