"""The words of a programme's papers as admins see them: which there are, how they read, how they would be printed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from participants.letters import companion_words
from participants.models import Enrolment
from participants.official_letters import event_values
from participants.paper_words import PAPER_KINDS, PaperKind, PaperText, paragraphs_of
from programs.models import Program, Wave
from programs.vocabulary import program_values, scope_of_program
from rtportal.accounts.models import User
from rtportal.lib.errors import InputError
from rtportal.lib.wording import WordingError, check
from rtportal.messaging.models import Wording
from rtportal.messaging.wording import Words, newest_wordings

MOST_RECIPIENTS = 50


class SavedMeanwhile(InputError):
    """Somebody else saved these words while a preview of others was made."""


@dataclass(frozen=True)
class PaperRow:
    """A paper with the version that holds for a programme; None: the portal's own words."""

    kind: PaperKind
    wording: Wording | None


@dataclass(frozen=True)
class PaperPreview:
    """How the words read; `fault` says why they cannot be shown."""

    text: PaperText | None
    fault: str = ""


def paper_rows(program: Program) -> list[PaperRow]:
    """Every paper whose words can be changed, by label. One query."""
    kinds = sorted(PAPER_KINDS.values(), key=lambda kind: kind.label)
    scope = scope_of_program(program.pk)
    newest = newest_wordings([kind.wording_kind for kind in kinds], [scope])
    rows = [(kind, newest.get((kind.wording_kind, scope))) for kind in kinds]
    return [PaperRow(kind, row if row and (row.subject or row.text) else None) for kind, row in rows]


def paper_recipients(user: User, program: Program, kind: PaperKind, *, search: str = "") -> list[tuple[str, str]]:
    """People or waves in the user's scope whom a preview can be made for: key and name; at most 50."""
    if kind.about == "wave":
        waves = Wave.objects.visible_to(user).filter(program=program, cancelled_at=None).order_by("number")
        return [(str(wave.pk), wave.title) for wave in waves[:MOST_RECIPIENTS]]
    rows = Enrolment.objects.visible_to(user).active().filter(program=program, link_revoked_at=None)
    if search:
        rows = rows.filter(Q(head__name__icontains=search) | Q(village__name__icontains=search))
    rows = rows.select_related("head__rt", "village").order_by("head__name", "pk")[:MOST_RECIPIENTS]
    return [(str(one.pk), f"{one.head.full_name}, {one.head.rt.label}, {one.village.full_name}") for one in rows]


def paper_preview(kind: PaperKind, program: Program, words: Words, *, about_id: int | None) -> PaperPreview:
    """The words filled with what is known of the programme, the wave and the person, and with examples beside it."""
    try:
        check(words.subject, kind.words)
        check(words.text, kind.words)
        filled = words.filled({**kind.examples, **_known(kind, program, about_id)})
    except WordingError as error:
        return PaperPreview(None, error.sentence)
    return PaperPreview(paragraphs_of(filled))


def paper_sample(
    kind: PaperKind, program: Program, words: Words, *, about_id: int, user: User, now: datetime
) -> tuple[str, dict]:
    """Template and data of the paper as it would be printed if these words were saved; nothing is kept.

    Raises InputError where there is nothing to print, Http404 out of the user's scope.
    """
    scope = scope_of_program(program.pk)
    try:
        # The paper reads its words where it always does, so the sample cannot differ from what will be printed.
        with transaction.atomic():
            newest = newest_wordings([kind.wording_kind], [scope]).get((kind.wording_kind, scope))
            Wording.objects.create(
                kind=kind.wording_kind,
                scope=scope,
                number=newest.number + 1 if newest else 1,
                subject=words.subject,
                text=words.text,
                created_at=now,
                created_by=user,
            )
            sample = kind.sample(user, about_id, now)
            transaction.set_rollback(True)
    except IntegrityError:
        raise SavedMeanwhile("Kata-kata ini baru saja disimpan petugas lain. Coba sekali lagi.") from None
    return sample


def _known(kind: PaperKind, program: Program, about_id: int | None) -> dict[str, str]:
    values = program_values(program) | {"pendamping": companion_words(program)}
    if about_id is None:
        return _of(kind, values)
    person = None
    if kind.about == "enrolment":
        person = Enrolment.objects.select_related("head").get(pk=about_id)
    waves = Wave.objects.select_related("program__region", "publication", "venue")
    values |= event_values(waves.get(pk=person.wave_id if person else about_id))
    return _of(kind, values | ({"nama": person.head.full_name} if person else {}))


def _of(kind: PaperKind, values: dict[str, str]) -> dict[str, str]:
    return {word: value for word, value in values.items() if word in kind.words}
