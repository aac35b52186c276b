import pytest

from rtportal.messaging.channels.whatsapp.events import MESSAGE, OTHER, STATUS, TEMPLATE, events_in, kind_of
from rtportal.messaging.channels.whatsapp.reader import read
from rtportal.messaging.models import Message
from rtportal.messaging.reports import Approval, Incoming, Report
from tests.infra.whatsapp_events import StatusText, inbound_post, post_of, status_post, template_post, value_of

State = Message.State
OURS = "1122334455667"


@pytest.fixture(autouse=True)
def _our_number(settings):
    settings.WHATSAPP_PHONE_NUMBER_ID = OURS


def told_by(body: dict) -> list:
    return [told for event in events_in(body) for told in read(event.payload)]


def test_several_entries_changes_statuses_and_messages_come_out_in_their_order():
    one = status_post([StatusText("wamid.A", "sent"), StatusText("wamid.B", "delivered")])
    other = inbound_post("6281200000001", text="Siap", wamid="wamid.IN")
    both = {"entry": one["entry"] + other["entry"]}
    both["entry"][0]["changes"] += template_post("invitation_v1", "APPROVED")["entry"][0]["changes"]
    events = events_in(both)
    assert [kind_of(event.payload) for event in events] == [STATUS, STATUS, TEMPLATE, MESSAGE]
    assert [event.key for event in events[:2]] == ["status:wamid.A:sent", "status:wamid.B:delivered"]


def test_the_same_event_has_the_same_key_and_another_one_another():
    [first] = events_in(status_post([StatusText("wamid.A", "read", at=1)]))
    [again] = events_in(status_post([StatusText("wamid.A", "read", at=2)]))
    [other] = events_in(status_post([StatusText("wamid.A", "delivered")]))
    assert first.key == again.key != other.key


def test_a_status_names_the_message_in_both_ways():
    [told] = told_by(status_post([StatusText("wamid.A", "delivered", opaque="7-1-ab", at=1699405206)]))
    assert isinstance(told, Report)
    assert (told.state, told.reference, told.opaque) == (State.DELIVERED, "wamid.A", "7-1-ab")
    assert told.at.isoformat() == "2023-11-08T01:00:06+00:00"


def test_a_failure_says_why():
    [told] = told_by(status_post([StatusText("wamid.A", "failed", code=131026)]))
    assert (told.state, told.failure) == (State.FAILED, Message.Failure.ADDRESS)
    assert "tidak memakai WhatsApp" in told.detail


def test_a_failure_without_errors_is_a_failure_all_the_same():
    [told] = told_by(status_post([StatusText("wamid.A", "failed")]))
    assert (told.state, told.failure) == (State.FAILED, Message.Failure.REFUSED)


def test_a_status_of_somebody_who_hides_the_number_is_read_too():
    [told] = told_by(status_post([StatusText("wamid.A", "read", to="")]))
    assert told.state == State.READ


def test_a_text_is_somebodys_reply():
    [told] = told_by(inbound_post("6281200000001", text="Insya Allah hadir", name="Ahmad", wamid="wamid.IN"))
    assert isinstance(told, Incoming)
    assert (told.address, told.text, told.sender_name) == ("+6281200000001", "Insya Allah hadir", "Ahmad")
    assert (told.external_id, told.payload, told.context_reference) == ("wamid.IN", "", "")


def test_a_button_carries_its_payload_and_what_it_answers():
    [told] = told_by(inbound_post("6281200000001", text="Hadir", payload="RSVP:7-1-ab:HADIR", context="wamid.OUT"))
    assert (told.text, told.payload, told.context_reference) == ("Hadir", "RSVP:7-1-ab:HADIR", "wamid.OUT")


def inbound(**message) -> dict:
    item = {"from": "6281200000001", "id": "wamid.IN", "timestamp": "1699405206", **message}
    return post_of("messages", value_of(OURS, messages=[item]))


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"type": "image", "image": {"caption": "Surat izin"}}, "Surat izin"),
        ({"type": "image", "image": {}}, "(gambar)"),
        ({"type": "audio", "audio": {"id": "1"}}, "(pesan suara)"),
        ({"type": "reaction", "reaction": {"emoji": "👍"}}, "👍"),
        ({"type": "interactive", "interactive": {"button_reply": {"id": "x", "title": "Ya"}}}, "Ya"),
        ({"type": "something-new"}, "(pesan tanpa teks)"),
        ({}, "(pesan tanpa teks)"),
    ],
)
def test_what_is_no_text_is_told_in_words(message, text):
    [told] = told_by(inbound(**message))
    assert told.text == text


def test_somebody_who_hides_the_number_is_known_by_metas_id():
    value = value_of(
        OURS, messages=[{"from_user_id": "ID.13491", "id": "wamid.IN", "type": "text", "text": {"body": "a"}}]
    )
    [told] = told_by(post_of("messages", value))
    assert (told.address, told.at) == ("ID.13491", None)


def test_what_was_said_to_another_number_of_the_account_is_not_ours():
    assert told_by(inbound_post("6281200000001", text="Halo", phone_number_id="999")) == []


def test_a_changed_number_is_nothing_anybody_said():
    assert told_by(inbound(type="system", system={"body": "changed"})) == []


def test_an_approval_names_the_template():
    [told] = told_by(template_post("invitation_v1", "REJECTED", "INVALID_FORMAT"))
    assert isinstance(told, Approval)
    assert (told.name, told.event, told.reason) == ("invitation_v1", "REJECTED", "INVALID_FORMAT")


def test_another_category_is_told():
    value = {"message_template_name": "invitation_v1", "previous_category": "UTILITY", "new_category": "MARKETING"}
    [told] = told_by(post_of("template_category_update", value))
    assert (told.name, told.event, told.category) == ("invitation_v1", "", "MARKETING")


def test_what_the_portal_does_not_know_is_kept_and_tells_nothing():
    body = post_of("account_update", {"event": "PARTNER_ADDED"})
    [event] = events_in(body)
    assert kind_of(event.payload) == OTHER
    assert read(event.payload) == []
    assert read({}) == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"entry": None},
        {"entry": [None, {"changes": 7}, {"changes": [None, "x"]}]},
        {"entry": [{"changes": [{"field": "messages", "value": {"statuses": [None, {}], "messages": [7, {}]}}]}]},
        {"entry": [{"changes": [{"field": "message_template_status_update", "value": []}]}]},
    ],
)
def test_nonsense_never_raises(body):
    for event in events_in(body):
        assert 0 < len(event.key) <= 200
        read(event.payload)


def test_a_sign_that_no_database_keeps_is_dropped():
    [told] = told_by(inbound_post("6281200000001", text="Ha\x00dir"))
    assert told.text == "Hadir"


def test_a_very_long_id_still_makes_a_key():
    [event] = events_in(status_post([StatusText("wamid." + "A" * 400, "read")]))
    assert len(event.key) <= 200
