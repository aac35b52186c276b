"""951 invitations: from opening to the last one accepted by an SMTP sink, against one smtplib connection."""

import smtplib
import statistics
import time

from tests.infra.portal import Portal, wait_until
from tests.infra.postgres import Postgres
from tests.load.fast_sink import FastSink
from tests.load.rows import Row, at_least

PEOPLE = 951
WORKERS = 2

SEED = """
from datetime import timedelta
from rtportal.lib import clock
from tests import factories
factories.regions("63.09")
factories.user(email="petugas@kantor.test")
factories.heads(951, district=factories.JARO)
factories.heads(1, district=factories.MUARA_UYA)
day = (clock.now() + timedelta(days=30)).date()
for number in range(3):
    small = factories.wave(on=day, areas=(factories.MUARA_UYA,))
    large = factories.wave(venue=factories.venue(capacity=1000), on=day, areas=(factories.JARO,))
    print("waves:", small.pk, large.pk)
"""
# One head is invited first: what is measured is a portal at work, not the start of a process.
OPEN = """
import time
from participants.use_cases.invite_participants import invite_participants
from rtportal.accounts.models import User
from rtportal.lib import clock
by = User.objects.get()
invite_participants(wave_id={small}, by=by, now=clock.now())
time.sleep(1)
print("begun:", time.time())
invite_participants(wave_id={large}, by=by, now=clock.now())
"""


def measure() -> list[Row]:
    """Each round opens a wave of 951 heads and then replays the very messages that arrived."""
    server, sink = Postgres(), FastSink()
    server.start()
    ours, baseline = [], []
    try:
        with Portal(database_url=server.new_database(), email_url=sink.url, processes=WORKERS, beat=False) as portal:
            waves = [line.split()[1:] for line in portal.python(SEED).splitlines() if line.startswith("waves:")]
            for small, large in waves:
                told = portal.python(OPEN.format(small=small, large=large)).splitlines()
                begun = float(next(line.split()[1] for line in told if line.startswith("begun:")))
                wait_until(lambda: sink.count() > PEOPLE, 120, "951 messages accepted")
                (_, *messages), last_at = sink.take()
                if len({address for address, _ in messages}) != PEOPLE or len(messages) != PEOPLE:
                    raise AssertionError(f"{len(messages)} messages arrived for {PEOPLE} heads")
                ours.append(PEOPLE / (last_at - begun))
                baseline.append(_replay(sink, messages))
    finally:
        sink.stop()
        server.stop()
    return [
        at_least(
            "951 undangan, dibuka sampai diterima", statistics.median(ours), statistics.median(baseline), "pesan/s", 0.5
        )
    ]


def _replay(sink: FastSink, messages: list[tuple[str, bytes]]) -> float:
    begun = time.time()
    with smtplib.SMTP("127.0.0.1", sink.port) as connection:
        for address, content in messages:
            connection.sendmail("portal@localhost", [address], content)
    _, last_at = sink.take()
    return len(messages) / (last_at - begun)
