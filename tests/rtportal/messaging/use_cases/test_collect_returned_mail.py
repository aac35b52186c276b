import mailbox

import pytest

from rtportal.messaging.models import ChannelEvent
from rtportal.messaging.references import message_id_of
from rtportal.messaging.use_cases.collect_returned_mail import collect_returned_mail
from rtportal.messaging.use_cases.read_channel_events import read_channel_events
from tests.factories import NOW
from tests.rtportal.messaging.channels.email.returned_mail import bounce
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings, tmp_path) -> mailbox.Maildir:
    settings.BOUNCES_URL = f"maildir://{tmp_path}/kembali"
    return mailbox.Maildir(tmp_path / "kembali")


def test_mail_in_the_mailbox_is_read_once_and_its_message_fails(box):
    [message] = queue(1, channel="email", address="rt1@rt.test")
    type(message).objects.update(state="accepted", attempt_count=1)
    box.add(bounce(message_id_of(message, "portal.test")))
    box.add(b"Subject: Promo\r\nPrecedence: bulk\r\n\r\nMurah!\r\n")
    assert collect_returned_mail(now=NOW) == 2
    assert collect_returned_mail(now=NOW) == 0
    read_channel_events(now=NOW)
    message.refresh_from_db()
    assert (message.state, message.failure) == ("failed", "address")
    assert ChannelEvent.objects.count() == 1


def test_a_portal_that_dies_before_a_mail_is_marked_reads_it_again_and_keeps_it_once(box, tmp_path):
    [message] = queue(1, channel="email", address="rt1@rt.test")
    box.add(bounce(message_id_of(message, "portal.test")))
    collect_returned_mail(now=NOW)
    [read] = (tmp_path / "kembali" / "cur").iterdir()
    read.rename(tmp_path / "kembali" / "new" / "lagi")
    assert collect_returned_mail(now=NOW) == 1
    assert ChannelEvent.objects.count() == 1


def test_a_stopping_worker_leaves_the_rest_for_the_next_run(box):
    box.add(b"Subject: x\r\n\r\nx\r\n")
    assert collect_returned_mail(now=NOW, should_stop=lambda: True) == 0
    assert collect_returned_mail(now=NOW) == 1


def test_without_a_mailbox_there_is_nothing_to_read():
    assert collect_returned_mail(now=NOW) == 0


def test_a_mailbox_that_is_gone_is_logged_and_tried_again(settings, tmp_path, caplog):
    settings.BOUNCES_URL = f"maildir://{tmp_path}/tidak-ada"
    assert collect_returned_mail(now=NOW) == 0
    assert "tidak ada" in caplog.text
