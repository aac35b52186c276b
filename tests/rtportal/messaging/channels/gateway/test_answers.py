"""What answers of providers mean, without a network."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal import env
from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Refusal
from rtportal.messaging.channels.gateway.answers import UnclearAnswer, read_answer
from rtportal.messaging.channels.gateway.description import describe
from tests.factories import NOW

OPTIONS = env.GATEWAY | {"url": "https://api.penyedia.test/send", "token": "rahasia-penyedia"}


def read(status: int, answer: object, *, retry_after: str = "", **options: str):
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return read_answer(
        describe(OPTIONS | options),
        status=status,
        body=body,
        retry_after=retry_after,
        our_reference="7-1-abcdefabcdef",
        now=NOW,
    )


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ({"status": True, "id": ["80367170"]}, "80367170"),
        ({"status": True, "id": 80367170}, "80367170"),
        ({"status": "True", "id": []}, "7-1-abcdefabcdef"),
        ({"status": True}, "7-1-abcdefabcdef"),
    ],
)
def test_a_message_taken_has_the_providers_id_or_ours(answer, reference):
    assert read(200, answer).reference == reference


def test_another_provider_says_yes_in_another_place():
    answer = {"data": [{"result": "OK", "message": {"id": "m-9"}}]}
    receipt = read(201, answer, success="data.0.result=ok", id="data.0.message.id")
    assert receipt.reference == "m-9"


@pytest.mark.parametrize("reason", ["target invalid", "Nomor tujuan tidak terdaftar"])
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_number_that_cannot_be_reached_fails_for_its_address(reason, status):
    with pytest.raises(PermanentRefusal) as refused:
        read(status, {"status": False, "reason": reason})
    assert refused.value.failure == "address"
    assert reason in refused.value.detail


def test_another_refusal_fails_this_message_only():
    with pytest.raises(PermanentRefusal) as refused:
        read(200, {"status": False, "reason": "input invalid"})
    assert refused.value.failure == "refused"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"status": False, "reason": "invalid token"}),
        (200, {"status": False, "reason": "insufficient quota"}),
        (200, {"status": False, "reason": "request invalid on disconnected device"}),
        (401, b""),
        (403, {"reason": "forbidden"}),
        (302, b""),
        (404, b"<html>"),
        (503, b""),
        (429, {"status": False}),
    ],
)
def test_trouble_with_the_account_or_the_address_stops_the_channel_and_blames_no_message(status, answer):
    with pytest.raises(ChannelUnavailable):
        read(status, answer)


@pytest.mark.parametrize(
    ("retry_after", "until"),
    [
        ("90", NOW + timedelta(seconds=90)),
        ("Mon, 02 Mar 2026 02:10:00 GMT", NOW + timedelta(minutes=10)),
        ("99999999", NOW + timedelta(hours=6)),
        ("", None),
        ("nanti", None),
    ],
)
def test_the_channel_waits_as_long_as_the_provider_asks(retry_after, until):
    with pytest.raises(ChannelUnavailable) as refused:
        read(429, b"", retry_after=retry_after)
    assert refused.value.until == until


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, b""), (502, b"<html>"), (504, b""), (200, b""), (200, b"<html>"), (200, {"ok": 1}), (200, [])],
)
def test_an_answer_that_says_neither_yes_nor_no_leaves_the_outcome_open(status, answer):
    with pytest.raises(UnclearAnswer):
        read(status, answer)


@given(status=st.integers(200, 599), body=st.binary(max_size=200), retry_after=st.text(max_size=40))
def test_whatever_is_answered_it_is_a_refusal_or_unclear(status, body, retry_after):
    with pytest.raises((Refusal, UnclearAnswer)):
        read(status, body, retry_after=retry_after)


def test_a_reason_over_several_lines_is_one_line_on_the_page():
    with pytest.raises(PermanentRefusal) as refused:
        read(200, {"status": False, "reason": "input\r\ninvalid\0" + "x" * 900})
    assert "\n" not in refused.value.detail
    assert len(refused.value.detail) < 400
