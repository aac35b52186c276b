"""Whether the worker this code runs in was asked to end.

A worker that is asked to end lets its running tasks finish, so a long task looks here between two steps and stops
early. The flag lies in memory that pool processes share with their parent: only the parent gets the signal.
"""

import mmap

from celery.signals import worker_shutting_down

_flag = mmap.mmap(-1, 1)


@worker_shutting_down.connect
def _remember(**_kwargs) -> None:
    _flag[0] = 1


def is_shutting_down() -> bool:
    """True from the moment the worker was asked to end; always False outside a worker."""
    return _flag[0] == 1
