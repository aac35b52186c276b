import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.messaging.channels.gateway.call_back import UnreadableCallBack, event_of, read
from rtportal.messaging.reports import Incoming, Report
from tests.factories import NOW


def told(body: bytes | dict):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    _, payload = event_of(data, now=NOW)
    return read(json.loads(json.dumps(payload)))


@pytest.mark.parametrize(
    "body",
    [
        {"sender": "6281234567890", "message": "Insya Allah hadir", "name": "Ahmad", "inboxid": 77, "device": "62526"},
        b"sender=6281234567890&message=Insya+Allah+hadir&name=Ahmad&inboxid=77&device=62526",
    ],
)
def test_an_answer_is_read_from_a_form_and_from_json(body):
    assert told(body) == [
        Incoming(address="+6281234567890", text="Insya Allah hadir", sender_name="Ahmad", external_id="77")
    ]


@pytest.mark.parametrize(
    ("status", "state", "failure"),
    [
        ("sent", "accepted", ""),
        ("Delivered", "delivered", ""),
        ("read", "read", ""),
        ("failed", "failed", "undelivered"),
        ("invalid", "failed", "address"),
        ("expired", "failed", "undelivered"),
    ],
)
def test_a_status_is_a_report_about_the_providers_id(status, state, failure):
    [report] = told({"id": "80367170", "status": status})
    assert isinstance(report, Report)
    assert (report.reference, report.state, report.failure) == ("80367170", state, failure)


@pytest.mark.parametrize(
    "body",
    [
        {"id": "80367170", "status": "pending"},
        {"status": "sent"},
        {"sender": "120363041234567890@g.us", "message": "Halo semua"},
        {"sender": "", "message": "Halo"},
        {},
        b"",
    ],
)
def test_what_says_nothing_about_anybody_is_nothing(body):
    assert told(body) == []


def test_another_provider_has_other_names(settings):
    settings.GATEWAY = settings.GATEWAY | {
        "callback": "address=from&text=body&id=msg_id&reference=ref&status=state,status&context=quoted"
    }
    assert told({"from": "081234567890", "body": "TIDAK", "msg_id": "m1", "quoted": "m0"}) == [
        Incoming(address="+6281234567890", text="TIDAK", external_id="m1", context_reference="m0")
    ]
    [report] = told({"ref": "m0", "state": "", "status": "read"})
    assert report.state == "read"


def test_the_same_call_back_has_the_same_key():
    status, answer = b"id=80367170&status=sent", b"sender=6281234567890&message=HADIR"
    assert event_of(status, now=NOW)[0] == event_of(status, now=NOW)[0] == "status:80367170:sent"
    assert event_of(answer, now=NOW)[0] == event_of(answer, now=NOW)[0]
    assert event_of(answer, now=NOW)[0] != event_of(answer + b"+PAK", now=NOW)[0]


@given(
    st.binary(max_size=300)
    | st.dictionaries(st.text(max_size=8), st.text(max_size=300)).map(json.dumps).map(str.encode)
)
def test_any_bytes_are_read_or_refused(body):
    try:
        key, payload = event_of(body, now=NOW)
    except UnreadableCallBack:
        return
    assert 0 < len(key) <= 200
    read(payload)
