import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtportal.messaging.channels.email.returned import Answered, Returned, read_mail
from tests.rtportal.messaging.channels.email.returned_mail import answer, bounce

OURS = "<17.1772416000@portal.dpmd.test>"


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_names_ours_and_why(copy):
    [returned] = read_mail(bounce(OURS, copy=copy))
    assert returned == Returned(OURS, "5.1.1", "550 5.1.1 User unknown")
    assert returned.is_address


@pytest.mark.parametrize(
    ("status", "words", "is_address"),
    [
        ("5.1.2", "Host or domain name not found", True),
        ("5.2.2", "552 5.2.2 Mailbox full", False),
        ("5.7.1", "554 5.7.1 Spam", False),
        # Tried for five days, each time "later".
        ("4.4.7", "delivery temporarily suspended", False),
    ],
)
def test_only_a_mailbox_that_is_not_there_blames_the_address(status, words, is_address):
    [returned] = read_mail(bounce(OURS, status=status, words=words))
    assert (returned.status, returned.detail, returned.is_address) == (status, words, is_address)


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded"])
def test_what_is_no_failure_says_nothing(action):
    assert read_mail(bounce(OURS, action=action, status="4.4.1")) == []


@pytest.mark.parametrize("message_id", ["<abc@lain.test>", "", "<17@portal>", "17.1772416000@portal", "<0.1@x>"])
def test_a_mail_that_is_not_ours_says_nothing(message_id):
    assert read_mail(bounce(message_id)) == []


def test_an_answer_is_read_without_what_it_quotes():
    assert read_mail(answer(OURS)) == [
        Answered("<CAJ1@rt.test>", "rt1@rt.test", "H. Ahmad", "Insya Allah hadir pak", OURS)
    ]


def test_an_answer_to_some_other_mail_has_no_context():
    [answered] = read_mail(answer("<lain@rt.test>"))
    assert answered.context_reference == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [("Auto_Submitted", "auto-replied"), ("Precedence", "bulk"), ("List_Id", "<x.test>"), ("X_Autoreply", "yes")],
)
def test_robots_are_not_read(name, value):
    assert read_mail(answer(OURS, **{name: value})) == []


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data):
    read_mail(data)


@given(st.integers(0, 2500), st.binary(max_size=30))
def test_a_damaged_report_can_be_read(at, instead):
    for data in (bounce(OURS), answer(OURS)):
        read_mail(data[:at] + instead + data[at + len(instead) :])


@pytest.mark.parametrize("charset", ["tidak-ada", "utf-16", "unicode_escape", "idna"])
def test_a_strange_character_set_can_be_read(charset):
    read_mail(answer(OURS).replace(b'charset="utf-8"', f'charset="{charset}"'.encode()))
