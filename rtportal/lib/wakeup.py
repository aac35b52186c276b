"""Waking a Celery worker after a commit.

A wake-up only makes work start sooner: the sweep each minute finds whatever a lost wake-up left behind. So its
failure is logged and never reaches the user, and a transaction that enqueues a thousand rows wakes once.
"""

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger("rtportal.wakeup")


def wake_after_commit(task_name: str) -> None:
    """Send `task_name` once when the current transaction commits (at once if there is none)."""
    connection = transaction.get_connection()
    waiting = {getattr(entry[1], "wakes", None) for entry in connection.run_on_commit}
    if task_name in waiting:
        return

    def wake() -> None:
        try:
            # `retry=False` alone would still block for seconds when the broker is down.
            current_app.send_task(task_name, retry=True, retry_policy={"max_retries": 0})
        except Exception as error:
            logger.warning("wake-up of %s failed, the sweep will find the work: %s", task_name, error)

    wake.wakes = task_name
    transaction.on_commit(wake)
