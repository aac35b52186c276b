"""An outbox full of what is over, and the sweeps that find nothing in it; run inside a portal."""

import statistics
import time

from celery import current_app
from django.db import connection

from rtportal.celery import EVERY_MINUTE, app
from tests import factories

SWEEPS = 100
# Nine of ten arrived, the others failed, expired or were withdrawn, and were followed up.
_OLD = """
    INSERT INTO messaging_message (
        dedupe_key, kind, channel, address, recipient_name, region_code, "group", about_id, state, queued_at, due_at,
        expires_at, hold, urgent_reason, route, is_synthetic, failure, passed_on_at, lease, started_at, closed_at,
        attempt_count, subject, reference, detail
    )
    SELECT 'old:' || n, 'invitation', 'email', 'rt-' || n || '@rt.test', 'Warga ' || n, '63.09.06.2001', 'wave:1', n,
        CASE n %% 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'expired' WHEN 2 THEN 'withdrawn' ELSE 'accepted' END,
        at, at, at + interval '10 days', '', '', '[]', false, '', at, '', at, at, 1, 'Undangan', '<' || n || '@x>', ''
    FROM generate_series(1, %s) AS n, LATERAL (SELECT now() - interval '1 year' + n * interval '1 second') AS t(at)"""


def old_messages(count: int) -> None:
    """So many messages of last year, with the statistics that PostgreSQL would have gathered by now."""
    factories.regions(factories.TABALONG)
    factories.wave()
    with connection.cursor() as cursor:
        cursor.execute(_OLD, [count])
        cursor.execute("ANALYZE")


def sweep() -> float:
    """Median seconds of everything that beat starts each minute, done in this process."""
    # A wake-up that was handed to the broker would find nobody.
    app.conf.task_always_eager = True
    app.loader.import_default_modules()
    names = [entry["task"] for entry in app.conf.beat_schedule.values() if entry["schedule"] == EVERY_MINUTE]
    tasks = [current_app.tasks[name] for name in names]
    taken = []
    for _ in range(SWEEPS):
        begun = time.perf_counter()
        for task in tasks:
            task()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
