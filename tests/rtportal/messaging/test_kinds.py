import pytest

from rtportal.messaging.kinds import Content, kind_labels, message_kind, render
from rtportal.messaging.models import Message
from tests.rtportal.messaging.letters import BROKEN, EDITION, LETTER, NOT_NEEDED, TOO_EARLY, queue


@pytest.mark.django_db
def test_messages_of_several_kinds_are_rendered_together():
    letters = queue(1, 2)
    [strange] = queue(3, kind="unheard-of")
    rendered = render([*letters, strange])
    assert rendered[letters[0].pk] == Content("Surat 1", "Isi surat nomor 1.\n", EDITION)
    assert rendered[strange.pk].state == Message.State.FAILED
    assert "unheard-of" in rendered[strange.pk].detail


@pytest.mark.django_db
def test_a_message_its_kind_leaves_out_is_cancelled():
    [message] = queue(NOT_NEEDED)
    assert render([message])[message.pk].state == Message.State.WITHDRAWN


@pytest.mark.django_db
def test_a_kind_may_put_a_message_off():
    [message] = queue(TOO_EARLY)
    assert render([message])[message.pk].state == Message.State.QUEUED


@pytest.mark.django_db
def test_one_message_that_cannot_be_written_does_not_hold_back_the_others():
    first, broken, last = queue(1, BROKEN, 903)
    rendered = render([first, broken, last])
    assert isinstance(rendered[first.pk], Content)
    assert isinstance(rendered[last.pk], Content)
    assert rendered[broken.pk].state == Message.State.QUEUED


def test_two_renderers_of_one_kind_are_refused():
    with pytest.raises(ValueError, match="letter"):
        message_kind(LETTER)(lambda messages: {})


def test_people_read_a_label():
    assert kind_labels()[LETTER] == "Surat uji"
    assert kind_labels()["invitation"] == "Undangan"
