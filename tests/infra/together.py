"""Several jobs at the same instant."""

import threading
from collections.abc import Callable

from django.db import connection


def together(*jobs: Callable) -> list:
    """What each job returned or raised, in the order in which they ended.

    All begin at once, each in a thread with a database connection of its own.
    """
    start, answers = threading.Barrier(len(jobs)), []

    def run(job: Callable) -> None:
        # Connecting takes longer than the race itself.
        connection.ensure_connection()
        start.wait()
        try:
            answers.append(job())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
