"""Keeping out of logs what they must not hold: secret links, with which whoever reads them could answer for somebody
else, and numbers of people: NIKs and telephones, also where somebody searches for one in an address.
"""

import logging
import re
from urllib.parse import unquote_plus

from rtportal.lib.personal_numbers import hidden_numbers

# RT heads, those of them with a short code, speakers, calendars of an office, desks at the door, invited officials,
# certificates that somebody checks, new passwords. deploy/nginx/log.conf has the same.
PREFIXES = ("/u/", "/k/", "/n/", "/ics/", "/pintu/", "/undangan-petugas/", "/cek/", "/akun/kata-sandi/baru/")
_TOKEN = re.compile(rf"({'|'.join(PREFIXES)})[A-Za-z0-9_-]{{8,}}")
_HIDDEN = r"\1[tautan pribadi]"
# With it Meta proves that it may ask for the webhook; it comes in an address.
_VERIFICATION = re.compile(r"(hub\.verify_token=)[^&\s]+")
_PARAMETER = re.compile(r"([?&][\w.-]+=)([^&\s\"']+)")
# As many digits as a telephone number has, in whatever spelling.
_FEWEST_DIGITS = 8
# What every record has; anything else was given as `extra`.
_USUAL = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None)))


def redact(text: str) -> str:
    """The text with the token of every secret link replaced: `/u/[tautan pribadi]/`, and with numbers of people."""
    text = _VERIFICATION.sub(r"\1[rahasia]", _TOKEN.sub(_HIDDEN, text))
    return hidden_numbers(_PARAMETER.sub(_without_number, text))


def _without_number(found: re.Match) -> str:
    is_number = sum(map(str.isdecimal, unquote_plus(found[2]))) >= _FEWEST_DIGITS
    return f"{found[1]}[angka]" if is_number else found[0]


class RedactLinks(logging.Filter):
    """Redacts a record: its message, its traceback and what it was given besides, whatever formatter comes after.

    Attach it to handlers, so that every logger passes it. A record that had to be redacted keeps the sentence as it
    was before its values were put in, as `template`.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (redacted := redact(message)) != message:
            record.template = getattr(record, "template", record.msg)
            record.msg, record.args = redacted, ()
        if record.exc_info and record.exc_info[0]:
            # Formatters take this text where it is, instead of making it anew.
            record.exc_text = redact(record.exc_text or _FORMATTER.formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        for name in vars(record).keys() - _USUAL:
            if isinstance(given := getattr(record, name), str):
                setattr(record, name, redact(given))
        return True


_FORMATTER = logging.Formatter()
