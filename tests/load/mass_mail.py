"""10,000 e-mails by four workers against four persistent smtplib connections that build the same mails."""

import multiprocessing
import smtplib
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import Postgres
from tests.load.plain_sink import PlainSink
from tests.load.rows import Row, at_least

PEOPLE = 10_000
WORKERS = 4
SHARE = 0.4

QUEUE = f"""
from datetime import timedelta
from participants.use_cases.invite_participants import invite_participants
from programs.models import Wave
from rtportal.lib import clock
from tests import factories
factories.regions("63.09")
by = factories.user(email="petugas@kantor.test")
factories.heads({PEOPLE}, district=factories.JARO)
day = (clock.now() + timedelta(days=30)).date()
hall = factories.venue(capacity={PEOPLE})
wave = factories.wave(venue=hall, on=day, areas=(factories.JARO,))
invite_participants(wave_id=wave.pk, by=by, now=clock.now())
"""
WAKE = """
import time
from celery import current_app
print("begun:", time.time())
current_app.send_task("messaging.deliver_due_messages")
"""


def measure() -> list[Row]:
    """The queue is full before the workers start, so that nothing but delivering is measured."""
    server, sink = Postgres(), PlainSink()
    server.start()
    try:
        url = server.new_database()
        with Portal(database_url=url, email_url=sink.url, redis=True, processes=WORKERS, beat=False, start=False) as it:
            it.python(QUEUE)
            it.valkey.forget()
            it.start_worker()
            begun = _begun(it.python(WAKE))
            wait_until(lambda: sink.count() >= PEOPLE, 300, f"{PEOPLE} messages accepted")
            messages, count, _, last_at = sink.take()
        if count != PEOPLE or len({address for address, _ in messages}) != PEOPLE:
            raise AssertionError(f"{count} messages arrived for {PEOPLE} heads")
        ours, baseline = PEOPLE / (last_at - begun), _by_smtplib(sink, messages)
    finally:
        sink.stop()
        server.stop()
    return [at_least("10.000 e-mail, 4 pekerja", ours, baseline, "pesan/s", SHARE).of_issue(4)]


def _begun(printed: str) -> float:
    return float(next(line.split()[1] for line in printed.splitlines() if line.startswith("begun:")))


def _by_smtplib(sink: PlainSink, messages: list[tuple[str, bytes]]) -> float:
    """Messages in a second, from the moment that all four are connected."""
    parts = [_words(body) for _, body in messages]
    ready, go = multiprocessing.Barrier(WORKERS + 1), multiprocessing.Event()
    senders = [
        multiprocessing.get_context("fork").Process(
            target=_send, args=(sink.port, parts[number::WORKERS], ready, go), daemon=True
        )
        for number in range(WORKERS)
    ]
    for sender in senders:
        sender.start()
    ready.wait()
    begun = time.time()
    go.set()
    for sender in senders:
        sender.join()
    _, count, _, last_at = sink.take()
    if count != PEOPLE:
        raise AssertionError(f"{count} of {PEOPLE} messages arrived by smtplib")
    return PEOPLE / (last_at - begun)


def _words(body: bytes) -> dict[str, str]:
    """What one of our mails says, as a programmer would have it in hand."""
    mail = message_from_bytes(body + b"\r\n", policy=policy.default)
    html = mail.get_body(("html",))
    return {
        "to": str(mail["To"]),
        "from": str(mail["From"]),
        "subject": str(mail["Subject"]),
        "text": mail.get_body(("plain",)).get_content(),
        "html": html.get_content() if html else "",
    }


def _send(port: int, parts: list[dict[str, str]], ready, go) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        connection.ehlo()
        ready.wait()
        go.wait()
        for words in parts:
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = words["from"], words["to"], words["subject"]
            mail.set_content(words["text"])
            if words["html"]:
                mail.add_alternative(words["html"], subtype="html")
            connection.send_message(mail)
