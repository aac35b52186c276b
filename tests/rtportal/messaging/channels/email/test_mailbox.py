"""Reading a mailbox: a Maildir as a mail server fills it, and IMAP over a socket."""

import mailbox as standard
from collections.abc import Iterator

import pytest

from rtportal.lib.errors import EnvError
from rtportal.messaging.channels.email.mailbox import MailboxUnavailable, open_mailbox
from tests.infra.imap_stub import ImapStub

MAILS = [b"Subject: satu\r\n\r\nSatu\r\n", b"Subject: dua\r\n\r\nDua\r\n"]


@pytest.fixture
def imap() -> Iterator[ImapStub]:
    server = ImapStub()
    server.mails = list(MAILS)
    yield server
    server.stop()


@pytest.fixture(params=["maildir", "imap"])
def url(request, tmp_path, imap) -> str:
    """A mailbox with two unread mails."""
    if request.param == "imap":
        return imap.url
    box = standard.Maildir(tmp_path / "surel kembali")
    for mail in MAILS:
        box.add(mail)
    return f"maildir://{tmp_path}/surel%20kembali"


def unread(url: str) -> list[bytes]:
    with open_mailbox(url) as box:
        return sorted(data.replace(b"\r\n", b"\n") for _, data in box.unread())


def test_what_is_settled_is_not_read_again(url):
    assert unread(url) == sorted(mail.replace(b"\r\n", b"\n") for mail in MAILS)
    with open_mailbox(url) as box:
        key, _ = next(box.unread())
        box.settle(key)
    assert len(unread(url)) == 1


def test_what_is_only_read_stays_unread(url):
    assert len(unread(url)) == len(unread(url)) == 2


def test_a_settled_mail_is_kept(tmp_path):
    box = standard.Maildir(tmp_path / "box")
    box.add(MAILS[0])
    with open_mailbox(f"maildir://{tmp_path}/box") as ours:
        [(key, _)] = ours.unread()
        ours.settle(key)
        # A second reader was faster.
        ours.settle(key)
    [kept] = box
    assert kept.get_flags() == "S"


@pytest.mark.parametrize(
    ("find", "instead"), [("sandi%20rahasia", "salah"), ("INBOX", "LAIN"), ("/INBOX", "/%22%0d%0aA1%20LOGOUT")]
)
def test_a_server_that_does_not_let_us_in_is_unavailable(imap, find, instead):
    with pytest.raises(MailboxUnavailable):
        unread(imap.url.replace(find, instead))


def test_a_folder_or_a_server_that_is_not_there_is_unavailable(tmp_path, port):
    with pytest.raises(MailboxUnavailable, match="tidak ada"):
        unread(f"maildir://{tmp_path}/tidak-ada")
    with pytest.raises(MailboxUnavailable, match="tidak dapat dihubungi"):
        unread(f"imap://a:b@127.0.0.1:{port}/INBOX")
    with pytest.raises(MailboxUnavailable, match="tidak dapat dihubungi"):
        unread(f"imaps://a:b@127.0.0.1:{port}/INBOX")


@pytest.mark.parametrize(
    "url", ["imap://a:b@surel.test/INBOX", "pop3://surel.test", "maildir://", "maildir:///", "imaps:///INBOX", "x"]
)
def test_an_address_that_is_no_mailbox_is_refused(url):
    with pytest.raises(EnvError, match="BOUNCES_URL"), open_mailbox(url):
        pass
