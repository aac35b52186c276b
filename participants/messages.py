"""What the portal writes to RT heads: to whom, with which data. The words are in `templates/messages/<kind>/`.

A text is made when its message is sent, from the schedule that is published then: a wave that moved meanwhile is
announced with its present date, and nobody is told a draft.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from participants.message_extras import (
    Corrections,
    Extra,
    coming,
    nothing_more,
    of_this_wave,
    refused_substitute,
    takes_answers,
    thanked,
    to_this_substitute,
    with_companion,
)
from participants.models import Attendance, Enrolment
from participants.queries.operator_lists import VillageList, operator_lists
from participants.reaching import Routes, routes_to
from participants.reminders import INVITATION
from participants.told import (
    OPERATOR_LIST,
    REMINDER_COMPANION,
    REMINDER_CONFIRMED,
    REMINDER_SUBSTITUTE,
    REMINDER_UNANSWERED,
    SCHEDULE_CHANGED,
    SUBSTITUTE_REFUSED,
    THANKS,
    WAVE_CANCELLED,
    last_for_predecessors,
)
from participants.vocabulary import (
    CANCELLED_WORDS,
    CHANGED_WORDS,
    COMPANION_WORDS,
    CONFIRMED_WORDS,
    HEAD_WORDS,
    OPERATOR_WORDS,
    REFUSED_SUBSTITUTE_WORDS,
    SUBSTITUTE_WORDS,
    THANKS_WORDS,
    examples_of,
    operator_request,
    person_values,
    request_values,
    wave_values,
)
from programs.models import Wave
from programs.vocabulary import scope_of_program
from rtportal.lib.numbers import thousands
from rtportal.messaging.kinds import Content, Unfit, message_kind, written
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft


def draft_to(
    enrolment: Enrolment,
    *,
    routes: Routes,
    kind: str,
    dedupe_key: str,
    group: str,
    expires_at: datetime,
    now: datetime,
) -> Draft | None:
    """A message to the enrolment's head (`head.rt.village` is loaded), due now; None if no channel reaches them."""
    head = enrolment.head
    route = routes.to(head, kind=kind)
    if not route:
        return None
    return Draft(
        dedupe_key=dedupe_key,
        kind=kind,
        route=route,
        is_synthetic=head.is_synthetic,
        recipient_name=head.full_name,
        region_code=enrolment.village_id,
        group=group,
        about_id=enrolment.pk,
        due_at=now,
        expires_at=expires_at,
    )


def invitations_to(
    people: Iterable[Enrolment], wave: Wave, *, now: datetime, with_new_link: bool = False
) -> list[Draft]:
    """The first invitation of each of them (`head.rt.village` is loaded) whom some channel reaches.

    `with_new_link`: the first with the present link, whoever was invited with another one before.
    """
    invited = list(people)
    routes = routes_to(invited, wave.program)
    drafts = (
        draft_to(
            one,
            routes=routes,
            kind=INVITATION,
            dedupe_key=f"{INVITATION}:{one.pk}:{one.link_id}" if with_new_link else f"{INVITATION}:{one.pk}",
            group=wave.group,
            expires_at=wave.starts_at,
            now=now,
        )
        for one in invited
    )
    return [draft for draft in drafts if draft]


def _kind(name: str, label: str, words: Mapping[str, str], *, required: tuple[str, ...] = ()):
    return message_kind(name, label=label, variables=words, examples=examples_of(words), required=required)


@_kind(INVITATION, "Undangan", HEAD_WORDS, required=("tautan",))
def invitation(messages: list[Message]) -> dict[int, Content | Unfit]:
    return _write(INVITATION, messages, _HOLDS)


@_kind(REMINDER_UNANSWERED, "Pengingat untuk menjawab", HEAD_WORDS, required=("tautan",))
def reminder_unanswered(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who has answered since the reminder was written."""
    return _write(REMINDER_UNANSWERED, messages, _HOLDS & Q(answer=""), of_this_wave)


@_kind(REMINDER_CONFIRMED, "Pengingat untuk hadir", CONFIRMED_WORDS)
def reminder_confirmed(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who has declined since the reminder was written."""
    return _write(REMINDER_CONFIRMED, messages, _HOLDS & _COMING, coming)


@_kind(REMINDER_COMPANION, "Pengingat membawa pendamping", COMPANION_WORDS)
def reminder_companion(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who comes alone by now, or does not come."""
    return _write(REMINDER_COMPANION, messages, _HOLDS & _COMING & ~Q(companion_name=""), with_companion)


@_kind(REMINDER_SUBSTITUTE, "Pengingat untuk wakil", SUBSTITUTE_WORDS)
def reminder_substitute(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who does not come instead of somebody any more, or is not approved yet."""
    wanted = _HOLDS & Q(answer=Enrolment.AnswerKind.REPRESENTED) & ~Q(substitute_state=_State.PENDING)
    return _write(REMINDER_SUBSTITUTE, messages, wanted, to_this_substitute)


@_kind(SUBSTITUTE_REFUSED, "Wakil ditolak", REFUSED_SUBSTITUTE_WORDS, required=("tautan",))
def substitute_refused(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who has answered again since."""
    wanted = _HOLDS & Q(answer="", substitute_state=_State.REFUSED)
    return _write(SUBSTITUTE_REFUSED, messages, wanted, refused_substitute)


@_kind(THANKS, "Ucapan terima kasih", THANKS_WORDS)
def attendance_thanks(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who was marked present by mistake."""
    present = Exists(Attendance.objects.filter(enrolment=OuterRef("pk")))
    return _write(THANKS, messages, _HOLDS & Q(present), thanked)


@_kind(OPERATOR_LIST, "Daftar belum menjawab untuk operator", OPERATOR_WORDS, required=("tautan",))
def operator_unanswered(messages: list[Message]) -> dict[int, Content]:
    """Left out: an operator in whose areas everybody has answered. The message is about the operator's account."""
    keys = {message.pk: (int(message.group.removeprefix("wave:")), message.about_id) for message in messages}
    lists = operator_lists(keys.values())
    waves = _waves(wave for wave, _ in lists)
    contents = {}
    for message in messages:
        wave, found = waves.get(keys[message.pk][0]), lists.get(keys[message.pk])
        if found and wave and wave.publication:
            path = reverse("participants:answer_desk")
            values = wave_values(wave) | {
                "nama": str(found.operator),
                "jumlah": thousands(found.count),
                "daftar": "\n\n".join(_village_list(village) for village in found.villages),
                "ajakan": operator_request(wave, by_link=takes_answers(message, wave)),
                "tautan": f"{settings.BASE_URL}{path}?gelombang={wave.pk}",
            }
            contents[message.pk] = _content(OPERATOR_LIST, values, wave)
    return contents


@_kind(SCHEDULE_CHANGED, "Perubahan jadwal", CHANGED_WORDS, required=("tautan",))
def schedule_changed(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: whoever knows the present schedule already, or was never told another one."""
    return _write(SCHEDULE_CHANGED, messages, _HOLDS, Corrections(messages))


@_kind(WAVE_CANCELLED, "Pembatalan gelombang", CANCELLED_WORDS)
def wave_cancelled(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: whoever was given another wave meanwhile."""
    return _write(WAVE_CANCELLED, messages, Q(wave__cancelled_at__isnull=False), Corrections(messages))


_State = Enrolment.SubstituteState
_COMING = Q(answer__in=[Enrolment.AnswerKind.CONFIRMED, Enrolment.AnswerKind.REPRESENTED])
# Nothing is said of a schedule that is a draft or was called off.
_HOLDS = Q(wave__publication__isnull=False, wave__cancelled_at=None)


def _write(kind: str, messages: list[Message], wanted: Q, extra: Extra = nothing_more) -> dict[int, Content | Unfit]:
    """Subject and text by message id. Two queries for up to 999 messages; nobody whose link was revoked."""
    rows = Enrolment.objects.active().filter(wanted, link_revoked_at=None)
    rows = rows.select_related("head__rt", "village__parent").annotate(last_for_others=last_for_predecessors("pk"))
    enrolments = rows.in_bulk({message.about_id for message in messages})
    # What is the same for everybody in a wave is put into words once.
    shared = {pk: _Shared.of(wave) for pk, wave in _waves(one.wave_id for one in enrolments.values()).items()}
    contents: dict[int, Content | Unfit] = {}
    for message in messages:
        enrolment = enrolments.get(message.about_id)
        # What was written to somebody who held the invitation before goes to their address; a preview has no key yet.
        if not enrolment or 0 < message.pk <= (enrolment.last_for_others or 0):
            continue
        same = shared[enrolment.wave_id]
        more = extra(message, enrolment, same.wave)
        if isinstance(more, Unfit):
            contents[message.pk] = more
        elif more is not None:
            values = {**same.values[message.queued_at <= same.deadline], **person_values(enrolment), **more}
            contents[message.pk] = _content(kind, values, same.wave)
    return contents


def _village_list(village: VillageList) -> str:
    lines = [f"{village.name} ({thousands(village.count)}):", *(f"- {person}" for person in village.people)]
    return "\n".join([*lines, f"- dan {thousands(village.more)} lainnya"] if village.more else lines)


def _content(kind: str, values: dict[str, str], wave: Wave) -> Content:
    scope = scope_of_program(wave.program_id)
    return written(kind, values, edition=wave.publication_id, scope=scope)


def _waves(keys: Iterable[int]) -> dict[int, Wave]:
    return Wave.objects.select_related("publication", "venue", "program__office", "program__region").in_bulk(set(keys))


@dataclass(frozen=True)
class _Shared:
    """What messages say to everybody in a wave: `values` while the link takes answers (True) and after (False)."""

    wave: Wave
    values: dict[bool, dict[str, str]]
    deadline: datetime

    @classmethod
    def of(cls, wave: Wave) -> "_Shared":
        values = wave_values(wave)
        return cls(
            wave,
            {by_link: values | request_values(wave, by_link=by_link) for by_link in (True, False)},
            wave.answer_deadline,
        )
