from hypothesis import given
from hypothesis import strategies as st

from rtportal.lib.clean_text import storable


def test_what_a_database_cannot_keep_is_taken_out():
    assert storable("Ah\0mad \ud83d 🙏") == "Ahmad ? 🙏"


@given(st.text(st.characters()))
def test_whatever_is_left_can_be_written_down(text):
    assert "\0" not in storable(text)
    storable(text).encode()
