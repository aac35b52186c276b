"""The gateway channel against a provider that does as it is told, over real HTTP."""

import ipaddress
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rtportal.lib.errors import EnvError
from rtportal.messaging.channels.base import ChannelUnavailable, PermanentRefusal, Person
from rtportal.messaging.channels.gateway import channel as module
from rtportal.messaging.channels.gateway.answers import UnclearAnswer
from rtportal.messaging.channels.gateway.channel import channel
from rtportal.messaging.kinds import Content
from rtportal.messaging.models import Message
from tests.factories import NOW
from tests.infra.gateway_stub import TOKEN, Answer

CONTENT = Content("Undangan", "Silakan hadir.\n", short="Hadir ya.")


def message(number: int = 1, **fields) -> Message:
    values = {"address": "+6281234567890", "recipient_name": "Ahmad", "queued_at": NOW, "attempt_count": 1}
    return Message(pk=number, **(values | fields))


def send(*messages: Message, expires_at=None):
    with channel.open() as sender:
        return [sender.send(each, CONTENT, expires_at=expires_at) for each in messages]


def test_each_message_is_one_form_and_has_the_providers_id(gateway):
    receipts = send(message(1), message(2, address="+6281234567891"))
    assert [taken.form["target"] for taken in gateway.taken] == ["6281234567890", "6281234567891"]
    assert gateway.taken[0].form["message"] == "Silakan hadir."
    assert [receipt.reference for receipt in receipts] == ["8000001", "8000002"]


def test_the_token_is_in_a_header_and_nowhere_else(gateway):
    send(message())
    [taken] = gateway.taken
    assert taken.headers["authorization"] == TOKEN
    assert TOKEN not in taken.path
    assert TOKEN not in str(taken.form)


def test_a_password_file_of_the_machine_does_not_replace_the_token(gateway, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login orang password lain\n")
    monkeypatch.setenv("NETRC", str(netrc))
    send(message())
    assert gateway.taken[0].headers["authorization"] == TOKEN


def test_the_provider_is_told_until_when_a_message_may_be_delivered(gateway, settings):
    settings.GATEWAY = gateway.options(form="target={phone}&message={short}&until={expires_unix}")
    send(message(), expires_at=NOW)
    assert gateway.taken[0].form["until"] == str(int(NOW.timestamp()))
    assert gateway.taken[0].form["message"] == "Hadir ya."


@pytest.mark.parametrize("answer", [Answer.NO_QUOTA, Answer.BUSY, Answer.CLOSED, Answer.REDIRECT])
def test_a_provider_that_takes_nothing_is_unavailable(gateway, answer):
    gateway.answer = lambda taken: answer
    with pytest.raises(ChannelUnavailable):
        send(message())
    assert len(gateway.asked) == 1


def test_a_busy_provider_says_until_when(gateway):
    gateway.answer = lambda taken: Answer.BUSY
    before = datetime.now(UTC)
    with pytest.raises(ChannelUnavailable) as refused:
        send(message())
    assert timedelta(seconds=89) < refused.value.until - before < timedelta(seconds=100)


def test_a_dead_token_is_unavailable_and_not_told_to_anybody(gateway, settings):
    settings.GATEWAY = gateway.options(token="token-lama-yang-mati")
    with pytest.raises(ChannelUnavailable, match="token") as refused:
        send(message())
    assert "token-lama-yang-mati" not in refused.value.detail


def test_a_number_the_provider_cannot_reach_fails_for_good(gateway):
    gateway.answer = lambda taken: Answer.BAD_NUMBER if taken.form["target"].endswith("1") else Answer.ACCEPT
    with channel.open() as sender:
        with pytest.raises(PermanentRefusal) as refused:
            sender.send(message(1, address="+6281234567891"), CONTENT)
        sender.send(message(2), CONTENT)
    assert refused.value.failure == "address"
    assert len(gateway.taken) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer.ACCEPT_THEN_DROP, requests.ConnectionError),
        (Answer.HANG, requests.ReadTimeout),
        (Answer.BROKEN, UnclearAnswer),
        (Answer.NONSENSE, UnclearAnswer),
    ],
)
def test_whether_it_was_taken_stays_open_and_the_next_one_goes_its_way(gateway, monkeypatch, answer, error):
    monkeypatch.setattr(module, "TIMEOUTS", (1, 0.3))
    gateway.answer = lambda taken: answer if len(gateway.asked) == 1 else Answer.ACCEPT
    with channel.open() as sender:
        with pytest.raises(error):
            sender.send(message(1), CONTENT)
        assert sender.send(message(2), CONTENT).reference


def test_nobody_listening_is_unavailable(gateway, settings, port):
    settings.GATEWAY = gateway.options(url=f"http://127.0.0.1:{port}/send")
    with pytest.raises(ChannelUnavailable, match="tidak dapat dihubungi"):
        send(message())


def test_a_certificate_nobody_vouches_for_is_not_trusted(gateway, settings, tmp_path):
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = own_tls(tmp_path).wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.GATEWAY = gateway.options(url=f"https://127.0.0.1:{server.server_address[1]}/send")
        with pytest.raises(ChannelUnavailable, match="sertifikat"):
            send(message())
        server.shutdown()
    assert asked == []


def own_tls(folder) -> ssl.SSLContext:
    """A server's side of TLS with a certificate it has written itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "tls.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_nobody_who_is_made_up_is_ever_reached(gateway):
    assert channel.address_of(Person(phone="+6281234567890", is_synthetic=True)) == ""
    with pytest.raises(PermanentRefusal, match="data contoh"):
        send(message(is_synthetic=True))
    assert gateway.asked == []


@pytest.mark.parametrize(
    ("phone", "address"), [("+6281234567890", "+6281234567890"), ("", ""), ("0526-2021234", ""), ("tidak ada", "")]
)
def test_only_a_mobile_number_reaches_somebody(phone, address):
    assert channel.address_of(Person(phone=phone, email="rt@rt.test")) == address


def test_without_a_provider_it_is_not_configured_and_unavailable(settings):
    assert not channel.is_configured()
    with pytest.raises(ChannelUnavailable, match="GATEWAY_URL"), channel.open():
        pass


def test_a_description_that_cannot_be_stops_the_start(gateway, settings):
    assert channel.is_configured()
    settings.GATEWAY = gateway.options(url="http://api.penyedia.test/send")
    with pytest.raises(EnvError, match="https"):
        channel.is_configured()
    with pytest.raises(ChannelUnavailable, match="https"), channel.open():
        pass


def test_messages_keep_the_gap_of_the_settings(gateway, settings):
    settings.GATEWAY = gateway.options(gap=5, price=350)
    assert channel.pace.gap == timedelta(seconds=5)
    assert channel.price == 350
