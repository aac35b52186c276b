import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.links import OFFICE_FEED, PERSONAL, hash_token, looks_like_token, make_token

KEY = b"0123456789abcdef0123456789abcdef"
LINK_ID = UUID("00000000-0000-4000-8000-000000000001")
OTHER_ID = UUID("00000000-0000-4000-8000-000000000002")


@given(st.uuids())
def test_a_token_is_always_the_same_and_looks_like_one(link_id):
    token = make_token(KEY, link_id)
    assert token == make_token(KEY, link_id)
    assert looks_like_token(token)
    assert len(base64.urlsafe_b64decode(token + "=")) == 20
    assert token[-1].isalnum()


def test_another_link_id_key_or_purpose_is_another_token():
    tokens = {make_token(KEY, LINK_ID), make_token(KEY, OTHER_ID), make_token(KEY[::-1], LINK_ID)}
    assert len(tokens | {make_token(KEY, LINK_ID, purpose="speaker-link")}) == 4


@given(st.uuids())
def test_another_purpose_is_another_token_for_the_same_link_id(link_id):
    assert make_token(KEY, link_id, purpose=OFFICE_FEED) != make_token(KEY, link_id, purpose=PERSONAL)
    assert make_token(KEY, link_id) == make_token(KEY, link_id, purpose=PERSONAL)


def test_links_that_were_sent_long_ago_still_open():
    assert make_token(KEY, LINK_ID) == "8Mz4mJ3UFPsjb9aLEkTqr5WP2TI"


def test_a_stored_hash_does_not_open_anything():
    token = make_token(KEY, LINK_ID)
    assert len(hash_token(token)) == 64
    assert hash_token(token) == hash_token(token)
    assert not looks_like_token(hash_token(token))


@pytest.mark.parametrize("text", ["", "x", "a" * 26, "a" * 28, "é" * 27, "a" * 26 + "-", "a" * 26 + "A\n", "../" * 9])
def test_nonsense_does_not_look_like_a_token(text):
    assert not looks_like_token(text)


def test_a_weak_key_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        make_token(b"pendek", LINK_ID)
