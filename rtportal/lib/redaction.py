"""Keeping personal links out of logs: whoever reads a log must not be able to answer for somebody else."""

import logging
import re

# RT heads, speakers.
_TOKEN = re.compile(r"(?<=/[un]/)[A-Za-z0-9_-]{8,}")
HIDDEN = "[tautan pribadi]"


def redact(text: str) -> str:
    """The text with the token of every secret link replaced: `/u/[tautan pribadi]/`."""
    return _TOKEN.sub(_HIDDEN, text)


class RedactLinks(logging.Filter):
    """Replaces secret links in a record's message; attach it to handlers, so that every logger passes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = redact(message), ()
        return True
