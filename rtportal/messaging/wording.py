"""The words of a kind of message: the portal's own (`templates/messages/<kind>/`) and those an admin wrote instead.

Both are written in the words in braces of `rtportal/lib/wording.py` and filled with the same values.
"""

import logging
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, OuterRef
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from rtportal.lib import sms
from rtportal.lib.wording import WordingError, fill
from rtportal.messaging.models import Wording

logger = logging.getLogger("rtportal.messaging")

LONGEST_SUBJECT = 200
_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Words:
    """Subject, text and short text (SMS) with words in braces, or filled."""

    subject: str
    text: str
    short: str

    def filled(self, values: Mapping[str, str]) -> "Words":
        """Ready to be sent: the subject on one line, no gaps where a value is empty, the short text in plain signs.

        Raises WordingError if it speaks of something that has no value.
        """
        text = fill(self.text, values).strip()
        if "\n\n\n" in text or "\n " in text:
            text = _EMPTY_LINES.sub("\n\n", text)
        return Words(
            subject=" ".join(fill(self.subject, values).split())[:LONGEST_SUBJECT],
            text=text + "\n",
            short=" ".join(sms.plain(fill(self.short, values)).split()),
        )


@dataclass(frozen=True, slots=True)
class Wordable:
    """Something whose words admins may change for a programme: a kind of message, or a paper.

    `name` is `Wording.kind`, `variables` what its texts may speak of, `required` what its text must speak of, `alone`
    words that must have a paragraph for themselves, `default` the portal's own words.
    """

    name: str
    label: str
    variables: Collection[str]
    required: tuple[str, ...]
    default: Words
    alone: tuple[str, ...] = ()


@cache
def default_words(kind: str) -> Words:
    """The portal's own words. Raises TemplateDoesNotExist for a kind without texts; the short one may be missing."""
    return Words(_source(kind, "subject").strip(), _source(kind, "body").strip(), _short(kind))


def own_parts(words: Words, default: Words) -> Words:
    """What of the words is not the portal's own; the rest is empty and follows the portal."""
    return Words(
        "" if words.subject == default.subject else words.subject,
        "" if words.text == default.text else words.text,
        "" if words.short == default.short else words.short,
    )


def words_of(wording: Wording | None, default: Words) -> Words:
    """The words of a version; what it leaves empty is the portal's own."""
    if wording is None:
        return default
    return Words(wording.subject or default.subject, wording.text or default.text, wording.short or default.short)


def has_default_words(kind: str) -> bool:
    """Whether the words of the kind are such that an admin can write others."""
    try:
        default_words(kind)
    except TemplateDoesNotExist:
        return False
    return True


def newest_wordings(kinds: Iterable[str], scopes: Iterable[str]) -> dict[tuple[str, str], Wording]:
    """The version that holds, by kind and scope; a kind whose words nobody changed is left out. One query."""
    newer = Wording.objects.filter(kind=OuterRef("kind"), scope=OuterRef("scope"), number__gt=OuterRef("number"))
    rows = Wording.objects.filter(kind__in=set(kinds), scope__in=set(scopes)).exclude(Exists(newer))
    return {(row.kind, row.scope): row for row in rows}


class OwnWords:
    """What admins wrote for one kind of message in some scopes."""

    def __init__(self, kind: str, scopes: Iterable[str]):
        """One query; an empty scope stands for all that have no words of their own."""
        self.kind = kind
        self.rows = newest_wordings([kind], {*scopes, ""})
        # One line in the log says it for a whole batch.
        self._unfit: set[int] = set()

    def instead_of(self, words: Words, scope: str, values: Mapping[str, str]) -> Words:
        """The admin's words, filled; `words` (filled ones) wherever there are none.

        Words that do not fit any more, because a newer portal knows another value by that name, never keep a message
        from being sent: the portal's own are sent, and the log says so.
        """
        row = self.rows.get((self.kind, scope)) or self.rows.get((self.kind, ""))
        if row is None:
            return words
        try:
            own = Words(row.subject, row.text, row.short).filled(values)
        except WordingError as error:
            if row.pk not in self._unfit:
                self._unfit.add(row.pk)
                logger.warning("wording %s is not used: %s", row, error.sentence)
            return words
        return Words(
            own.subject or words.subject,
            own.text if row.text else words.text,
            own.short or words.short,
        )


def _source(kind: str, part: str) -> str:
    # Read as it stands: the words in braces are not Django's.
    return get_template(f"messages/{kind}/{part}.txt").template.source


def _short(kind: str) -> str:
    try:
        return _source(kind, "short").strip()
    except TemplateDoesNotExist:
        return ""
