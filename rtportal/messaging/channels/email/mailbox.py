"""The mailbox to which returned mail and answers come: a Maildir on this machine, or one reached over IMAP."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from rtportal.lib.errors import EnvError

# A mail with a large attachment is read as far as this; what tells of a return stands before any of that.
LONGEST_MAIL = 1024 * 1024
# Mails of one run; the next one comes a minute later.
MOST = 200
TIMEOUT = 20
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class MailboxUnavailable(Exception):
    """The mailbox cannot be read now; the text is an Indonesian sentence for officials."""


class Mailbox(Protocol):
    """Some mails nobody has read, each with a key; `settle` marks one as read."""

    def unread(self) -> Iterator[tuple[str, bytes]]: ...

    def settle(self, key: str) -> None: ...


@contextmanager
def open_mailbox(url: str) -> Iterator[Mailbox]:
    """The mailbox at `maildir:///path` or `imaps://user:password@host/INBOX`.

    Raises EnvError for another address (imap:// without TLS is for this machine only), MailboxUnavailable if it does
    not answer.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise EnvError("BOUNCES_URL: alamat tidak dapat dibaca") from None
    if parts.scheme == "maildir" and not parts.netloc and len(parts.path) > 1:
        yield _Maildir(Path(unquote(parts.path)))
        return
    is_safe = parts.scheme == "imaps" or (parts.scheme == "imap" and parts.hostname in _LOCAL)
    if not is_safe or not parts.hostname:
        raise EnvError("BOUNCES_URL: pakai maildir:///folder atau imaps://nama:sandi@peladen/INBOX")
    try:
        if parts.scheme == "imaps":
            # Without a context of its own imaplib believes any certificate.
            tls = ssl.create_default_context()
            server = imaplib.IMAP4_SSL(parts.hostname, port or 993, ssl_context=tls, timeout=TIMEOUT)
        else:
            server = imaplib.IMAP4(parts.hostname, port or 143, timeout=TIMEOUT)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxUnavailable(f"Kotak surel kembali tidak dapat dihubungi: {error}") from error
    try:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        status, _ = server.select(f'"{unquote(parts.path.strip("/")) or "INBOX"}"')
        if status != "OK":
            raise MailboxUnavailable("Folder kotak surel kembali tidak ada.")
        yield _Imap(server)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxUnavailable(f"Kotak surel kembali tidak dapat dibaca: {error}") from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


class _Maildir:
    """New mails lie in `new`; a settled one moves to `cur`, marked as seen."""

    def __init__(self, path: Path):
        if not (path / "new").is_dir():
            raise MailboxUnavailable(f"Folder kotak surel kembali tidak ada: {path}")
        self._new = path / "new"

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self._new.iterdir())[:MOST]:
            # Another reader may have taken it meanwhile.
            with suppress(FileNotFoundError):
                with path.open("rb") as file:
                    data = file.read(LONGEST_MAIL)
                yield path.name, data

    def settle(self, key: str) -> None:
        with suppress(FileNotFoundError):
            (self._new / key).rename(self._new.parent / "cur" / f"{key}:2,S")


class _Imap:
    def __init__(self, server: imaplib.IMAP4):
        self._server = server

    def unread(self) -> Iterator[tuple[str, bytes]]:
        _, [found] = self._server.uid("SEARCH", "UNSEEN")
        for key in (found or b"").decode().split()[:MOST]:
            # PEEK leaves it unread until it is settled.
            _, parts = self._server.uid("FETCH", key, f"(BODY.PEEK[]<0.{LONGEST_MAIL}>)")
            data = next((part[1] for part in parts or [] if isinstance(part, tuple)), None)
            if data is not None:
                yield key, data

    def settle(self, key: str) -> None:
        self._server.uid("STORE", key, "+FLAGS", r"(\Seen)")
