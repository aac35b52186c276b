from datetime import timedelta

import pytest

from rtportal import env
from rtportal.lib.errors import EnvError
from rtportal.messaging.channels.gateway.description import describe
from tests.factories import NOW

TOKEN = "rahasia-penyedia"


def described(**changes: str):
    return describe(env.GATEWAY | {"url": "https://api.penyedia.test/send", "token": TOKEN} | changes)


def fields(expires_at=None, **changes: str) -> dict[str, str]:
    return described(**changes).fields(
        phone="+6281234567890",
        text="Undangan lengkap",
        short="Undangan",
        name="H. Ahmad",
        reference="7-1-abcdefabcdef",
        expires_at=expires_at,
        now=NOW,
    )


def test_the_default_form_is_fonntes():
    assert fields() == {"target": "6281234567890", "message": "Undangan lengkap", "countryCode": "62"}
    description = described()
    assert (description.header, description.header_value) == ("Authorization", TOKEN)
    assert TOKEN not in description.url


def test_an_sms_provider_needs_only_other_settings():
    sms = "msisdn={phone_local}&text={short}&ref={reference}&validity={expires_minutes}"
    assert fields(NOW + timedelta(minutes=90, seconds=30), form=sms) == {
        "msisdn": "081234567890",
        "text": "Undangan",
        "ref": "7-1-abcdefabcdef",
        "validity": "90",
    }
    assert described(header="X-Api-Key: Bearer {token}").header_value == f"Bearer {TOKEN}"


def test_a_field_that_tells_of_an_expiry_is_left_out_where_there_is_none():
    assert "validity" not in fields(form="to={phone_plus}&text={text}&validity={expires_unix}")


def test_braces_in_a_message_are_no_placeholders():
    text = described().fields(
        phone="+6281", text="{token} {0}", short="", name="", reference="", expires_at=None, now=NOW
    )["message"]
    assert text == "{token} {0}"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.penyedia.test/send",
        "ftp://api.penyedia.test/send",
        "api.penyedia.test/send",
        "https://",
        "https://[::1/send",
        "https://nama:sandi@api.penyedia.test/send",
        f"https://api.penyedia.test/send/{TOKEN}",
        f"https://api.penyedia.test/send?t={TOKEN}",
        "https://api.penyedia.test/send?t=rahasia%2Dpenyedia",
        "https://api.penyedia.test/send?token=lain",
        "https://api.penyedia.test/send?api_key=",
        "https://api.penyedia.test/send#token",
    ],
)
def test_an_address_without_tls_or_with_a_secret_in_it_is_refused(url):
    with pytest.raises(EnvError, match="GATEWAY_URL") as refused:
        described(url=url)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/send", "http://localhost/send", "http://[::1]:9000/send"])
def test_on_this_machine_no_tls_is_needed(url):
    assert described(url=url).url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("header", "Authorization"),
        ("header", "Authorization: rahasia"),
        ("token", ""),
        ("token", "dua\nbaris"),
        ("form", "target={phone}"),
        ("form", "message={text}"),
        ("form", "target={phone}&message={teks}"),
        ("form", "target={phone&message={text}"),
        ("form", "target={phone}&message={text!r}"),
        ("form", "target={phone}&message={text:>900000000}"),
        ("success", "status"),
    ],
)
def test_a_description_that_cannot_be_is_refused_by_the_name_of_its_setting(name, value):
    with pytest.raises(EnvError, match=f"GATEWAY_{name.upper()}"):
        described(**{name: value})
