import pytest

from rtportal.messaging.channels.whatsapp.signature import is_signed, signature_of

BODY = b'{"entry": []}'


def test_the_signature_is_an_hmac_over_the_raw_bytes():
    # printf '{"entry": []}' | openssl dgst -sha256 -hmac rahasia
    assert signature_of(BODY, "rahasia") == "sha256=5e1fa4522b412bea2fd1f842edf824821c5998da3f0fc1786cd89f4b7b1a2897"
    assert is_signed(BODY, signature_of(BODY, "rahasia"), "rahasia")
    assert is_signed(BODY, signature_of(BODY, "rahasia").upper().replace("SHA256", "sha256"), "rahasia")


@pytest.mark.parametrize("header", ["", "sha256=", "sha1=abc", "sha256=é", signature_of(BODY, "lain")])
def test_anything_else_proves_nothing(header):
    assert not is_signed(BODY, header, "rahasia")


def test_one_byte_more_is_another_body():
    assert not is_signed(BODY + b" ", signature_of(BODY, "rahasia"), "rahasia")


def test_without_a_secret_nobody_is_believed():
    assert not is_signed(BODY, signature_of(BODY, ""), "")
