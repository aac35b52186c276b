"""Reports of faults to Sentry, if an office wants them (`SENTRY_DSN`): where it happened, never with whose data.

A report leaves the country's servers perhaps, so what could hold a person's data does not travel at all: no request,
no cookies, no local variables, no breadcrumbs, no words of an exception. Its type, the lines of code, the request's id
and the name of the page are enough to find the line in our own log.
"""

import sentry_sdk
from sentry_sdk.integrations.logging import ignore_logger
from sentry_sdk.types import Event, Hint

from rtportal.lib.log_context import current
from rtportal.lib.redaction import redact

_TRAVELS = frozenset(
    {"event_id", "timestamp", "platform", "level", "logger", "exception", "release", "environment", "sdk", "modules"}
)
_OF_FRAME = frozenset({"filename", "abs_path", "function", "module", "lineno", "in_app"})


def start(dsn: str, *, release: str) -> None:
    """Reports from now on. Raises sentry_sdk's BadDsn for something that is no DSN."""
    sentry_sdk.init(
        dsn=dsn,
        release=f"rtportal@{release}",
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        traces_sample_rate=0,
        send_client_reports=False,
        before_send=without_people,
    )
    # One line for each refusal of a host name: nothing for anybody to mend.
    ignore_logger("django.security.DisallowedHost")


def without_people(event: Event, hint: Hint) -> Event:
    """The event with nothing but what `_TRAVELS`, and of an exception its type and where in the code it was."""
    kept = {name: value for name, value in event.items() if name in _TRAVELS}
    if record := hint.get("log_record"):
        # The sentence before its values were put in; a handler may have put them in already.
        kept["logentry"] = {"message": redact(str(getattr(record, "template", record.msg)))}
    for fault in kept.get("exception", {}).get("values", []):
        fault["value"] = ""
        frames = (fault.get("stacktrace") or {}).get("frames", [])
        fault["stacktrace"] = {"frames": [{name: frame[name] for name in _OF_FRAME & frame.keys()} for frame in frames]}
    kept["tags"] = {name: str(value) for name, value in current().facts().items() if name != "user"}
    return kept
