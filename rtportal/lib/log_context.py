"""On whose behalf this thread works: what every line of a log says besides its words."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

# nginx's $request_id is 32 hexadecimal digits; whatever else stands in front of us may use its own.
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class LogContext:
    """`request` is Django's request if there is one, `task` a Celery task's name, `task_id` its id."""

    request_id: str = ""
    request: Any = None
    task: str = ""
    task_id: str = ""

    def facts(self) -> dict[str, str | int]:
        """What is known by now, without asking the database for more."""
        facts: dict[str, str | int] = {"request_id": self.request_id, "task": self.task, "task_id": self.task_id}
        if self.request is not None:
            match = getattr(self.request, "resolver_match", None)
            facts["url_name"] = match.view_name if match else ""
            # Only if somebody looked at the session already.
            user = getattr(self.request, "_cached_user", None)
            facts["user"] = getattr(user, "pk", None) or ""
        return {name: value for name, value in facts.items() if value != ""}


_NOTHING = LogContext()
_current: ContextVar[LogContext] = ContextVar("log_context", default=_NOTHING)


def current() -> LogContext:
    return _current.get()


@contextmanager
def working_for(context: LogContext) -> Iterator[None]:
    """Lines that are written inside belong to `context`."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


def request_id_from(told: str) -> str:
    """What the proxy told, if it is well-formed; else a new one."""
    return told if _WELL_FORMED.fullmatch(told) else uuid.uuid4().hex
