"""The words of a programme's messages as admins see them: which kinds there are, and how they read for somebody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from participants.models import Enrolment
from participants.reminders import INVITATION
from programs.models import Program
from programs.vocabulary import scope_of_program
from rtportal.accounts.models import User
from rtportal.lib import sms
from rtportal.lib.wording import WordingError, check
from rtportal.messaging.kinds import Content, MessageKind, all_kinds, render
from rtportal.messaging.models import Message, Wording
from rtportal.messaging.wording import Words, has_default_words, newest_wordings
from sessions.models import SpeakerInvitation
from sessions.speaker_told import INVITATION as SPEAKER_INVITATION

MOST_RECIPIENTS = 50
_TOKEN = re.compile(r"(?<=/[un]/)[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True)
class KindRow:
    """A kind of message with the version that holds for a programme; None: the portal's own words."""

    kind: MessageKind
    wording: Wording | None


@dataclass(frozen=True)
class Preview:
    """How a text reads. `is_example`: some values are made up; `fault` says why it cannot be shown."""

    words: Words | None
    size: sms.SmsSize | None
    is_example: bool
    fault: str = ""

    @property
    def paragraphs(self) -> list[list[str]]:
        """The text as the HTML mail shows it: paragraphs of lines."""
        return [block.split("\n") for block in self.words.text.strip().split("\n\n")] if self.words else []


def editable_kind(name: str) -> MessageKind | None:
    """The kind if there are words that can be changed, else None."""
    kind = all_kinds().get(name)
    return kind if kind and kind.variables and has_default_words(name) else None


def kind_rows(program: Program) -> list[KindRow]:
    """Every kind of message whose words can be changed. One query."""
    kinds = [kind for name in all_kinds() if (kind := editable_kind(name))]
    scope = scope_of_program(program.pk)
    newest = newest_wordings([kind.name for kind in kinds], [scope])
    rows = [KindRow(kind, newest.get((kind.name, scope))) for kind in kinds]
    return [KindRow(row.kind, row.wording if row.wording and _has_words(row.wording) else None) for row in rows]


def versions(program: Program, kind: str) -> list[Wording]:
    """Every version of the words of a kind (`Wording.kind`) in the programme, the newest first."""
    rows = Wording.objects.filter(kind=kind, scope=scope_of_program(program.pk))
    return list(rows.select_related("created_by").order_by("-number"))


def recipients(user: User, program: Program, kind: MessageKind, *, search: str = "") -> list[tuple[str, str]]:
    """Real recipients in the user's scope whom a preview can be made for: key, name and place; at most 50."""
    if _is_to_speakers(kind):
        speakers = SpeakerInvitation.objects.filter(wave__program=program, wave__program__in=_visible(user, program))
        speakers = speakers.select_related("speaker", "wave").order_by("wave__number", "pk")
        return [(str(one.pk), f"{one.speaker}, {one.wave.title}") for one in speakers[:MOST_RECIPIENTS]]
    rows = Enrolment.objects.visible_to(user).active().filter(program=program, link_revoked_at=None)
    if search:
        rows = rows.filter(Q(head__name__icontains=search) | Q(village__name__icontains=search))
    rows = rows.select_related("head__rt", "village").order_by("head__name", "pk")
    return [
        (str(one.pk), f"{one.head.full_name}, {one.head.rt.label}, {one.village.full_name}")
        for one in rows[:MOST_RECIPIENTS]
    ]


def preview(kind: MessageKind, words: Words, *, about_id: int | None, now: datetime) -> Preview:
    """The words as the kind's own renderer fills them for one of `recipients`; with examples where it has nothing."""
    found, is_example = _values(kind, about_id, now)
    try:
        for text in (words.subject, words.text, words.short):
            check(text, kind.variables)
        filled = words.filled(found)
    except WordingError as error:
        return Preview(None, None, is_example, error.sentence)
    return Preview(filled, sms.size(filled.short), is_example)


def _values(kind: MessageKind, about_id: int | None, now: datetime) -> tuple[dict[str, str], bool]:
    if about_id is None:
        return dict(kind.examples), True
    if content := _rendered(kind.name, about_id, now):
        return _veiled(content.values, kind), False
    # Nothing of this kind is due to this person; what their invitation says is true for this text too.
    base = _rendered(SPEAKER_INVITATION if _is_to_speakers(kind) else INVITATION, about_id, now)
    known = {name: value for name, value in base.values.items() if name in kind.variables} if base else {}
    return {**kind.examples, **_veiled(known, kind)}, True


def _veiled(values: Mapping[str, str], kind: MessageKind) -> dict[str, str]:
    """The same with secrets of their length: nobody but the recipient may hold a link or code that answers."""
    veiled = {name: _TOKEN.sub(lambda token: "x" * len(token[0]), value) for name, value in values.items()}
    return veiled | {"kode": kind.examples["kode"]} if values.get("kode") and "kode" in kind.examples else veiled


def _rendered(kind: str, about_id: int, now: datetime) -> Content | None:
    if kind.startswith("speaker_"):
        invitation = SpeakerInvitation.objects.select_related("wave", "speaker").filter(pk=about_id).first()
        wave, name = (invitation.wave, str(invitation.speaker)) if invitation else (None, "")
    else:
        enrolment = Enrolment.objects.select_related("wave").filter(pk=about_id).first()
        wave, name = (enrolment.wave, enrolment.substitute_name) if enrolment else (None, "")
    if wave is None:
        return None
    message = Message(
        pk=-1, kind=kind, about_id=about_id, group=wave.group, recipient_name=name, queued_at=now, due_at=now
    )
    content = render([message])[message.pk]
    return content if isinstance(content, Content) else None


def _is_to_speakers(kind: MessageKind) -> bool:
    return kind.name.startswith("speaker_")


def _visible(user: User, program: Program):
    return Program.objects.visible_to(user).filter(pk=program.pk)


def _has_words(wording: Wording) -> bool:
    return bool(wording.subject or wording.text or wording.short)
