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
ROUNDS = 3

SEED = """
from datetime import timedelta
from rtportal.lib import clock
from tests import factories
factories.regions("63.09")
factories.user(email="petugas@kantor.test")
factories.heads(951, district=factories.JARO)
hall = factories.venue(capacity=1000)
for number in range(3):
    wave = factories.wave(
        venue=hall, on=(clock.now() + timedelta(days=30)).date(), areas=(factories.JARO,)
    )
    print("wave:", wave.pk)
"""
OPEN = """
import time
from participants.use_cases.invite_participants import invite_participants
from rtportal.accounts.models import User
from rtportal.lib import clock
from rtportal.lib.wakeup import wake_after_commit
by = User.objects.get()
# A web process that has worked before has its connection to the broker.
wake_after_commit("messaging.recover_leases")
time.sleep(0.5)
print("begun:", time.time())
invite_participants(wave_id={wave}, by=by, now=clock.now())
"""


def measure() -> list[Row]:
    """Each round opens a wave of 951 heads and then replays the very messages that arrived."""
    server, sink = Postgres(), FastSink()
    server.start()
    ours, baseline = [], []
    try:
        with Portal(database_url=server.new_database(), email_url=sink.url, processes=WORKERS, beat=False) as portal:
            waves = [line.split()[1] for line in portal.python(SEED).splitlines() if line.startswith("wave:")]
            for wave in waves[:ROUNDS]:
                told = portal.python(OPEN.format(wave=wave)).splitlines()
                begun = float(next(line.split()[1] for line in told if line.startswith("begun:")))
                wait_until(lambda: sink.count() >= PEOPLE, 120, "951 messages accepted")
                messages, last_at = sink.take()
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
