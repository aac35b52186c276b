"""Giving a kind of message or a paper other words."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.lib.wording import WordingError, check
from rtportal.messaging.models import Wording
from rtportal.messaging.wording import Wordable, Words, newest_wordings, own_parts

_GAP = re.compile(r"\n[ \t]*\n")


class WordingRefused(InputError):
    """One of the texts cannot be used; `field` says which (subject, text, short)."""

    def __init__(self, sentence: str, field: str):
        super().__init__(sentence)
        self.field = field


class StaleWording(InputError):
    """Somebody else saved in between; `newest` is what they saved."""

    def __init__(self, newest: Wording):
        super().__init__(
            f"Kata-kata ini sudah diubah {newest.created_by} menjadi versi {newest.number}. Isian Anda belum disimpan."
        )
        self.newest = newest


@transaction.atomic
def save_wording(
    *, kind: Wordable, scope: str, number: int, words: Words, by: User, region_code: str, now: datetime
) -> Wording | None:
    """Does: writes the words as the next version for `scope`, with an audit line; what is made from now on says them.
    A text equal to the portal's own is kept as empty, so that it follows the portal. Without a difference nothing is
    written and None is returned.

    Refuses: a text with an unknown word, a stray brace, a NIK, without what the kind must say, or with a word inside a
    paragraph that must have one for itself (WordingRefused); an edit on top of a version `number` (0: none yet) that is
    not the newest any more (StaleWording).
    Tells: nobody.
    """
    _refuse(kind, "subject", words.subject)
    _refuse(kind, "text", words.text, kind.required)
    _refuse_company(kind, words.text)
    if words.short:
        _refuse(kind, "short", words.short, kind.required)
    newest = newest_wordings([kind.name], [scope]).get((kind.name, scope))
    if newest and newest.number != number:
        raise StaleWording(newest)
    own = own_parts(words, kind.default)
    if own == (Words(newest.subject, newest.text, newest.short) if newest else Words("", "", "")):
        return None
    row = Wording(kind=kind.name, scope=scope, number=number + 1, created_at=now, created_by=by)
    row.subject, row.text, row.short = own.subject, own.text, own.short
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise StaleWording(newest_wordings([kind.name], [scope])[kind.name, scope]) from None
    is_default = own == Words("", "", "")
    record(
        at=now,
        actor=by,
        action="wording.reset" if is_default else "wording.saved",
        sentence=f"Mengembalikan kata-kata “{kind.label}” ke bawaan."
        if is_default
        else f"Mengubah kata-kata “{kind.label}” menjadi versi {row.number}.",
        region_code=region_code,
        subject=scope,
        # Beside the versions of the programme itself, so under a key of its own.
        data={f"wording:{kind.name}": {"number": row.number}},
    )
    return row


def _refuse(kind: Wordable, field: str, text: str, required: tuple[str, ...] = ()) -> None:
    try:
        check(text, kind.variables, required=required)
    except WordingError as error:
        raise WordingRefused(error.sentence, field) from error


def _refuse_company(kind: Wordable, text: str) -> None:
    paragraphs = [part.strip() for part in _GAP.split(text)]
    for word in kind.alone:
        token = f"{{{word}}}"
        if any(token in part and part != token for part in paragraphs):
            raise WordingRefused(
                f"Beri {token} paragraf tersendiri, dengan baris kosong di atas dan di bawahnya.", "text"
            )
