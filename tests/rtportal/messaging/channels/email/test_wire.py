from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.messaging.channels.email import wire

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def read(subject: str = "Undangan", text: str = "Isi", name: str = "H. Ahmad Fauzi, S.Pd."):
    data = wire.compose(
        sender=wire.mailbox("Portal RT", "portal@dpmd.test"),
        recipient_name=name,
        address="rt@rt.test",
        subject=subject,
        text=text,
        message_id="<1.20260302@dpmd.test>",
        at=AT,
    )
    return data, message_from_bytes(data, policy=policy.default)


def test_a_message_has_what_a_mail_reader_looks_for():
    data, email = read()
    assert email["From"].addresses[0].addr_spec == "portal@dpmd.test"
    assert email["To"].addresses[0].display_name == "H. Ahmad Fauzi, S.Pd."
    assert email["Date"].datetime == AT
    assert email["Message-ID"] == "<1.20260302@dpmd.test>"
    assert email["Auto-Submitted"] == "auto-generated"
    assert b"\n" not in data.replace(b"\r\n", b"")


@given(subject=words, text=words, name=words)
def test_any_text_arrives_as_it_was_written(subject, text, name):
    data, email = read(subject, text, name)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert len(email.keys()) == 9
    assert email["Subject"] == wire.one_line(subject)
    written = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    assert email.get_content().replace("\r\n", "\n").rstrip("\n") == written.rstrip("\n")


def test_a_line_end_in_a_name_or_subject_adds_no_header():
    _, email = read(subject="Undangan\r\nBcc: lain@rt.test", name="Ahmad\nBcc: lain@rt.test")
    assert email["Bcc"] is None


def test_a_long_link_is_not_torn_apart():
    link = "http://localhost:8000/u/" + "a" * 60 + "/"
    assert link in read(text=f"Buka – {link} segera")[1].get_content()


def test_lines_that_begin_with_a_dot_survive_the_wire():
    stuffed = wire.dot_stuffed(b"Subject: x\r\n\r\n.satu\r\n..dua\r\n.\r\n")
    assert stuffed == b"Subject: x\r\n\r\n..satu\r\n...dua\r\n..\r\n.\r\n"
    assert wire.dot_stuffed(b"isi") == b"isi\r\n.\r\n"


@pytest.mark.parametrize(
    "address", ["", "rt", "@rt.test", "rt@", "r t@rt.test", "rt@rt.test\r\nRCPT TO:<x@y.test>", "é@rt.test"]
)
def test_an_address_no_server_takes_is_refused(address):
    with pytest.raises(ValueError):
        wire.wire_address(address)


def test_a_domain_with_accents_is_sent_in_its_ascii_form():
    assert wire.wire_address("rt@bücher.test") == "rt@xn--bcher-kva.test"
