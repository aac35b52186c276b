"""Lines that a task writes carry the id of the request that woke it, and the task's own."""

from contextlib import ExitStack
from typing import Any

from celery import signals

from rtportal.lib.log_context import LogContext, current, working_for

HEADER = "portal_request_id"
_open: dict[str, ExitStack] = {}


def connect(*, own_logging: bool) -> None:
    """Call once at the start of each process; what it connects lives as long as the process.

    With `own_logging` Celery sets up no log of its own: its lines too go where the settings say.
    """
    if own_logging:
        signals.setup_logging.connect(_leave_logging_alone, weak=False, dispatch_uid="leave logging alone")
    signals.before_task_publish.connect(_hand_on, weak=False, dispatch_uid="hand on the request's id")
    signals.task_prerun.connect(_begin, weak=False, dispatch_uid="begin a task's lines")
    signals.task_postrun.connect(_end, weak=False, dispatch_uid="end a task's lines")


def _leave_logging_alone(**_: object) -> None:
    """That somebody listens is enough."""


def _hand_on(headers: dict[str, Any] | None = None, **_: object) -> None:
    if headers is not None and (request_id := current().request_id):
        headers[HEADER] = request_id


def _begin(task_id: str = "", task: Any = None, **_: object) -> None:
    request_id = getattr(task.request, HEADER, None) or ""
    stack = ExitStack()
    stack.enter_context(working_for(LogContext(request_id=request_id, task=task.name, task_id=task_id)))
    _open[task_id] = stack


def _end(task_id: str = "", **_: object) -> None:
    if stack := _open.pop(task_id, None):
        stack.close()
