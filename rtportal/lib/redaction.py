"""Keeping personal links out of logs: whoever reads a log must not be able to answer for an RT head."""

import logging
import re

_LINK = re.compile(r"/u/[A-Za-z0-9_-]{8,}")
HIDDEN = "/u/[tautan pribadi]"


def redact(text: str) -> str:
    """The text with the token of every personal link replaced."""
    return _LINK.sub(HIDDEN, text)


class RedactLinks(logging.Filter):
    """Replaces personal links in a record's message; attach it to handlers, so that every logger passes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/u/" in message:
            record.msg, record.args = redact(message), ()
        return True
