import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.sms import SmsSize, plain, size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", SmsSize(0, 0, False)),
        ("x" * 160, SmsSize(160, 1, False)),
        ("x" * 161, SmsSize(161, 2, False)),
        ("x" * 306, SmsSize(306, 2, False)),
        ("x" * 307, SmsSize(307, 3, False)),
        # Signs that take two places.
        ("[" * 80, SmsSize(80, 1, False)),
        ("[" * 81, SmsSize(81, 2, False)),
        ("x" * 152 + "[" + "x" * 152, SmsSize(305, 3, False)),
        ("–" * 70, SmsSize(70, 1, True)),
        ("–" * 71, SmsSize(71, 2, True)),
        ("🙏" * 35, SmsSize(35, 1, True)),
        ("🙏" * 36, SmsSize(36, 2, True)),
    ],
)
def test_a_text_is_counted_as_providers_do(text, expected):
    assert size(text) == expected


def test_signs_that_only_look_nice_become_plain_ones():
    assert plain("“Rabu”, 08.00–15.00\u00a0WITA… Ma’ruf Šāleh") == '"Rabu", 08.00-15.00 WITA... Ma\'ruf Saleh'
    assert not size(plain("“Rabu”, 08.00–15.00\u00a0WITA… Ma’ruf Šāleh")).is_unicode


def test_another_script_stays_and_is_counted_as_such():
    assert plain("السلام") == "السلام"
    assert size("السلام").is_unicode


@given(st.text())
def test_plain_is_done_after_once(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(min_size=1))
def test_every_text_needs_a_part_and_more_text_never_fewer(text):
    assert 1 <= size(text).parts <= size(text + "x").parts
