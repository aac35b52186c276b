import socket
import threading
from datetime import timedelta

import pytest
import requests

from rtportal.messaging.channels.whatsapp.client import GraphClient, NotSent
from tests.infra.temporary import free_port
from tests.infra.whatsapp_stub import Answer
from tests.rtportal.messaging.channels.whatsapp.bodies import text_to


@pytest.fixture
def client(meta):
    meta.templates["surat"] = "APPROVED"
    client = GraphClient(api_url=meta.url, token=meta.token, timeout=(1, 0.5))
    yield client
    client.close()


def path(meta) -> str:
    return f"{meta.phone_number_id}/messages"


def test_a_message_is_posted_as_json_and_its_id_comes_back(client, meta):
    answer = client.post(path(meta), text_to("6281200000001"))
    assert answer.is_ok
    assert answer.body["messages"][0]["id"] == meta.messages[0].wamid


def test_the_token_travels_in_a_header_and_never_in_an_address(client, meta):
    client.post(path(meta), text_to("6281200000001"))
    client.get(f"{meta.waba_id}/message_templates", {"name": "surat"})
    assert len(meta.paths) == 2
    assert all(meta.token not in each for each in meta.paths)


def test_a_netrc_of_the_machine_does_not_replace_the_token(meta, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    meta.templates["surat"] = "APPROVED"
    client = GraphClient(api_url=meta.url, token=meta.token)
    assert client.post(path(meta), text_to("6281200000001")).is_ok


def test_a_dead_token_is_an_answer_with_its_code(meta):
    answer = GraphClient(api_url=meta.url, token="old").post(path(meta), {})
    assert (answer.is_ok, answer.status, answer.code) == (False, 401, 190)


def test_retry_after_is_understood_in_seconds(client, meta):
    meta.answer, meta.retry_after = lambda body: Answer.SLOW_DOWN, 90
    assert client.post(path(meta), text_to("6281200000001")).retry_after == timedelta(seconds=90)


def test_where_nobody_listens_nothing_was_sent():
    with pytest.raises(NotSent):
        GraphClient(api_url=f"http://127.0.0.1:{free_port()}", token="x").post("1/messages", {})


@pytest.mark.parametrize("url", ["http://", "nonsense", "http://host:port"])
def test_an_address_that_is_none_sends_nothing(url):
    with pytest.raises(NotSent):
        GraphClient(api_url=url, token="x").post("1/messages", {})


def test_a_token_that_no_header_can_hold_sends_nothing(meta):
    with pytest.raises(NotSent):
        GraphClient(api_url=meta.url, token="token\nnew").post(path(meta), {})


def test_a_server_without_a_certificate_is_not_talked_to(meta):
    with pytest.raises((NotSent, requests.exceptions.SSLError)):
        GraphClient(api_url=meta.url.replace("http:", "https:"), token=meta.token, timeout=(1, 1)).post(path(meta), {})
    assert meta.messages == []


@pytest.mark.parametrize("answer", [Answer.HANG, Answer.ACCEPT_THEN_CUT, Answer.CUT])
def test_a_request_without_an_answer_may_have_arrived(client, meta, answer):
    meta.answer = lambda body: answer
    with pytest.raises(requests.RequestException):
        client.post(path(meta), text_to("6281200000001"))
    meta.release()


def test_an_answer_that_is_no_json_is_an_empty_one():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            connection, _ = server.accept()
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
            connection.close()

        threading.Thread(target=greet, daemon=True).start()
        answer = GraphClient(api_url=f"http://127.0.0.1:{server.getsockname()[1]}", token="x").post("a", {})
    assert (answer.status, answer.body, answer.code) == (404, {}, None)
