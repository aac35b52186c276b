import pytest
from django.urls import reverse

from rtportal.audit.models import AuditEvent
from rtportal.messaging import leases
from rtportal.messaging.leases import LEASE
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests import factories
from tests.factories import JAMBI, NOW
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
LIST = reverse("messaging:message_list")


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


@pytest.fixture
def official(client):
    user = factories.user()
    client.force_login(user)
    return user


def unknown(number: int, **fields) -> Message:
    [message] = queue(number, **fields)
    lease = leases.claim(now=NOW, size=1)
    leases.turn(lease, start=lease.messages[0], now=NOW)
    recover_leases(now=NOW + LEASE)
    message.refresh_from_db()
    return message


def detail(message: Message) -> str:
    return reverse("messaging:message_detail", args=[message.pk])


def resolve(client, message: Message, decision: str):
    return client.post(reverse("messaging:message_resolve", args=[message.pk]), {"putusan": decision}, follow=True)


def names(response) -> list[str]:
    return [message.recipient_name for message in response.context["rows"]]


def test_the_list_shows_the_messages_in_scope_only(client, official):
    queue(1)
    queue(2, region_code=f"{JAMBI}.01.1001")
    assert names(client.get(LIST)) == ["Ketua RT 1"]


def test_filters_narrow_the_list_and_nonsense_filters_nothing(client, official):
    queue(1, channel="email")
    queue(2, channel="inbox", kind="invitation", recipient_name="Hj. Nor Hayati")
    Message.objects.filter(about_id=2).update(state="accepted", closed_at=NOW)
    assert names(client.get(LIST, {"keadaan": "accepted"})) == ["Hj. Nor Hayati"]
    assert names(client.get(LIST, {"saluran": "email"})) == ["Ketua RT 1"]
    assert names(client.get(LIST, {"jenis": "invitation"})) == ["Hj. Nor Hayati"]
    assert names(client.get(LIST, {"cari": "hayati"})) == ["Hj. Nor Hayati"]
    assert names(client.get(LIST, {"cari": "RT-1@rt.test"})) == ["Ketua RT 1"]
    assert names(client.get(LIST, {"cari": "siapa\x00"})) == []
    assert len(names(client.get(LIST, {"keadaan": "'; --", "saluran": "\x00", "hal": "abc"}))) == 2


def test_messages_of_unknown_outcome_stand_first_with_what_they_need(client, official):
    message = unknown(1)
    queue(2)
    page = client.get(LIST).content.decode()
    assert "Perlu keputusan Anda (1)" in page
    assert page.index(detail(message)) < page.index("Ketua RT 2")


def test_the_list_asks_as_many_questions_for_sixty_messages_as_for_one(client, official, django_assert_num_queries):
    queue(1)
    client.get(LIST)
    with django_assert_num_queries(10):
        client.get(LIST)
    queue(*range(2, 61))
    with django_assert_num_queries(10):
        assert len(names(client.get(LIST))) == 50


def test_an_empty_list_says_what_to_do(client, official):
    assert "Belum ada pesan" in client.get(LIST).content.decode()


def test_a_message_shows_its_attempts(client, official):
    page = client.get(detail(unknown(1))).content.decode()
    assert "Tidak pasti" in page
    assert "Pengirimnya berhenti mendadak" in page
    assert "2 Mar 2026" in page


def test_the_decisions_are_offered_with_what_they_mean(client, official):
    page = client.get(detail(unknown(1))).content.decode()
    assert "Sudah terkirim" in page
    assert "penerima membacanya dua kali" in page
    assert "Tidak ada saluran berikutnya" in page
    followed = client.get(detail(unknown(2, route=(("email", "a@rt.test"), ("letter", "RT 001"))))).content.decode()
    assert "Penerima diberi tahu lewat saluran berikutnya." in followed


def test_an_official_decides_that_it_arrived(client, official):
    message = unknown(1)
    response = resolve(client, message, "terkirim")
    assert "sudah terkirim" in response.content.decode()
    assert Message.objects.get().state == "accepted"
    assert AuditEvent.objects.get().actor == official


def test_an_official_sends_it_again(client, official):
    resolve(client, unknown(1), "ulang")
    assert Message.objects.get().state == "queued"


def test_an_official_decides_that_it_did_not_arrive(client, official):
    response = resolve(client, unknown(1), "gagal")
    assert "Pesan dinyatakan tidak sampai." in response.content.decode()
    assert Message.objects.get().state == "failed"


def test_a_second_decision_is_told_that_it_is_too_late(client, official):
    message = unknown(1)
    resolve(client, message, "terkirim")
    assert "sudah tidak menunggu keputusan" in resolve(client, message, "ulang").content.decode()
    assert Message.objects.get().state == "accepted"


@pytest.mark.parametrize("decision", ["", "hapus", "\x00"])
def test_a_decision_that_is_none_changes_nothing(client, official, decision):
    response = resolve(client, unknown(1), decision)
    assert "Pilih “Sudah terkirim”, “Kirim ulang”, atau “Tidak sampai”." in response.content.decode()
    assert Message.objects.get().state == "unknown"


def test_after_its_time_a_message_is_not_offered_to_be_sent_again(client, official):
    page = client.get(detail(unknown(1, expires_at=NOW.replace(day=4)))).content.decode()
    assert "tidak dapat dikirim ulang" in page
    assert 'value="ulang"' not in page


def test_whoever_may_only_look_sees_no_buttons_and_is_refused(client):
    message = unknown(1)
    client.force_login(factories.user(role="viewer"))
    assert 'name="putusan"' not in client.get(detail(message)).content.decode()
    assert resolve(client, message, "terkirim").status_code == 403
    assert Message.objects.get().state == "unknown"


def test_out_of_scope_a_message_does_not_exist(client):
    message = unknown(1)
    client.force_login(factories.user(region=JAMBI, role="admin"))
    assert client.get(detail(message)).status_code == 404
    assert resolve(client, message, "terkirim").status_code == 404
    assert Message.objects.get().state == "unknown"


def test_a_decision_is_never_made_by_a_get(client, official):
    message = unknown(1)
    address = reverse("messaging:message_resolve", args=[message.pk])
    assert client.get(address, {"putusan": "terkirim"}).status_code == 405
    assert Message.objects.get().state == "unknown"


def test_a_number_too_large_for_any_message_is_not_found(client, official):
    assert client.get(f"/pesan/{10**30}/").status_code == 404


def test_without_any_region_there_are_no_messages_and_without_a_sign_in_no_page(client):
    assert client.get(LIST).status_code == 302
    client.force_login(factories.user(region=None))
    assert client.get(LIST).status_code == 404
