"""A log of one JSON object a line, for machines that collect logs (`LOG_FORMAT=json`)."""

import logging
from datetime import UTC, datetime

from pythonjsonlogger.json import JsonFormatter

from rtportal.lib.log_context import current
from rtportal.lib.redaction import redact


class JsonLine(JsonFormatter):
    """`{"time": …, "level": …, "logger": …, "message": …, "request_id": …, "user": 7, "url_name": …}`.

    What a line is given as `extra` stands beside these. Secrets are hidden in all of it, tracebacks too.
    """

    def __init__(self) -> None:
        super().__init__(json_ensure_ascii=False)

    def add_fields(self, log_data: dict, record: logging.LogRecord, message_dict: dict) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data.update(current().facts())
        super().add_fields(log_data, record, message_dict)
        # Django hands on the request, which shows the whole address: what people searched for, too.
        log_data.pop("request", None)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
