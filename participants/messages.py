"""What the portal writes to RT heads: to whom, with which data. The words are in `templates/messages/<kind>/`.

A text is made when its message is sent, from the schedule that is published then: a wave that moved meanwhile is
announced with its present date, and nobody is told a draft.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.template.loader import get_template
from django.urls import reverse

from participants.correction_words import agenda_changes, what_changed
from participants.links import personal_url
from participants.models import Attendance, Enrolment
from participants.publication_changes import place_of, span_of
from participants.queries.operator_lists import operator_lists
from participants.reaching import Routes, routes_to
from participants.reminders import INVITATION
from participants.told import (
    OPERATOR_LIST,
    REMINDER_COMPANION,
    REMINDER_CONFIRMED,
    REMINDER_SUBSTITUTE,
    REMINDER_UNANSWERED,
    SCHEDULE_CHANGED,
    THANKS,
    WAVE_CANCELLED,
    Heard,
    heard_by,
    kind_due,
    publications_told,
)
from programs.models import Wave
from rtportal.lib import clock
from rtportal.messaging.kinds import Content, Unfit, message_kind
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft

_WAITS = Unfit(Message.State.QUEUED, "Menunggu pesan sebelumnya untuk orang ini selesai dikirim.")


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


def invitations_to(people: Iterable[Enrolment], wave: Wave, *, now: datetime) -> list[Draft]:
    """The first invitation of each of them (`head.rt.village` is loaded) whom some channel reaches."""
    invited = list(people)
    routes = routes_to(invited, wave.program)
    drafts = (
        draft_to(
            one,
            routes=routes,
            kind=INVITATION,
            dedupe_key=f"{INVITATION}:{one.pk}",
            group=wave.group,
            expires_at=wave.starts_at,
            now=now,
        )
        for one in invited
    )
    return [draft for draft in drafts if draft]


@message_kind(INVITATION, label="Undangan")
def invitation(messages: list[Message]) -> dict[int, Content | Unfit]:
    return _write(INVITATION, messages, _HOLDS)


@message_kind(REMINDER_UNANSWERED, label="Pengingat untuk menjawab")
def reminder_unanswered(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who has answered since the reminder was written."""
    return _write(REMINDER_UNANSWERED, messages, _HOLDS & Q(answer=""), _of_this_wave)


@message_kind(REMINDER_CONFIRMED, label="Pengingat untuk hadir")
def reminder_confirmed(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who has declined since the reminder was written."""
    return _write(REMINDER_CONFIRMED, messages, _HOLDS & _COMING, _of_this_wave)


@message_kind(REMINDER_COMPANION, label="Pengingat membawa pendamping")
def reminder_companion(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who comes alone by now, or does not come."""
    return _write(REMINDER_COMPANION, messages, _HOLDS & _COMING & ~Q(companion_name=""), _of_this_wave)


@message_kind(REMINDER_SUBSTITUTE, label="Pengingat untuk wakil")
def reminder_substitute(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who does not come instead of somebody any more."""
    wanted = _HOLDS & Q(answer=Enrolment.AnswerKind.REPRESENTED)
    return _write(REMINDER_SUBSTITUTE, messages, wanted, _to_this_substitute)


@message_kind(THANKS, label="Ucapan terima kasih")
def attendance_thanks(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: who was marked present by mistake."""
    present = Exists(Attendance.objects.filter(enrolment=OuterRef("pk")))
    return _write(THANKS, messages, _HOLDS & Q(present), _of_this_wave)


@message_kind(OPERATOR_LIST, label="Daftar belum menjawab untuk operator")
def operator_unanswered(messages: list[Message]) -> dict[int, Content]:
    """Left out: an operator in whose areas everybody has answered. The message is about the operator's account."""
    keys = {message.pk: (int(message.group.removeprefix("wave:")), message.about_id) for message in messages}
    lists = operator_lists(keys.values())
    waves = _waves(wave for wave, _ in lists)
    contents = {}
    for message in messages:
        wave, found = waves.get(keys[message.pk][0]), lists.get(keys[message.pk])
        if found and wave and wave.publication:
            path = reverse("participants:enrolment_list", args=[wave.pk])
            words = _of_wave(wave) | {
                "operator": found.operator,
                "villages": found.villages,
                "count": found.count,
                "link": f"{settings.BASE_URL}{path}?jawaban=belum",
                "answers_by_link": message.queued_at <= wave.answer_deadline,
            }
            subject, body = (get_template(f"messages/{OPERATOR_LIST}/{part}.txt").render(words) for part in _PARTS)
            contents[message.pk] = Content(_one_line(subject), body.strip() + "\n", wave.publication_id)
    return contents


@message_kind(SCHEDULE_CHANGED, label="Perubahan jadwal")
def schedule_changed(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: whoever knows the present schedule already, or was never told another one."""
    return _write(SCHEDULE_CHANGED, messages, _HOLDS, _Corrections(messages))


@message_kind(WAVE_CANCELLED, label="Pembatalan gelombang")
def wave_cancelled(messages: list[Message]) -> dict[int, Content | Unfit]:
    """Left out: whoever was given another wave meanwhile."""
    return _write(WAVE_CANCELLED, messages, Q(wave__cancelled_at__isnull=False), _Corrections(messages))


_PARTS = ("subject", "body")
_COMING = Q(answer__in=[Enrolment.AnswerKind.CONFIRMED, Enrolment.AnswerKind.REPRESENTED])
# Nothing is said of a schedule that is a draft or was called off.
_HOLDS = Q(wave__publication__isnull=False, wave__cancelled_at=None)
# What is to be added to the words about one message; None leaves it out, an Unfit puts it off.
_Extra = Callable[[Message, Enrolment, Wave], dict | Unfit | None]


def _nothing_more(message: Message, enrolment: Enrolment, wave: Wave) -> dict:
    return {}


def _of_this_wave(message: Message, enrolment: Enrolment, wave: Wave) -> dict | None:
    """A reminder of the wave somebody was in before comes at a wrong time."""
    return {} if message.group == wave.group else None


def _to_this_substitute(message: Message, enrolment: Enrolment, wave: Wave) -> dict | None:
    """Somebody else may have been named since."""
    named = message.recipient_name == enrolment.substitute_name
    return _of_this_wave(message, enrolment, wave) if named else None


class _Corrections:
    """What was told to whom before; two queries for any number of messages."""

    def __init__(self, messages: list[Message]):
        # A letter that is printed again says once more what it said, so it counts as not told yet.
        again = [message.pk for message in messages if message.state == Message.State.TASK]
        self.heard = heard_by({message.about_id for message in messages}, without=again)
        self.publications = publications_told(self.heard.values())

    def __call__(self, message: Message, enrolment: Enrolment, wave: Wave) -> dict | Unfit | None:
        heard = self.heard.get(enrolment.pk, Heard())
        if heard.under_way - {message.pk}:
            # What it says is known once it began; and it must not arrive after this correction.
            return _WAITS
        facts = wave.publication.facts if wave.publication else None
        told = heard.settled
        if kind_due(told, self.publications, wave=wave, facts=facts, group=enrolment.group) != message.kind:
            return None
        known = self.publications.get(told.edition)
        return what_changed(known, wave, was_cancelled=told.kind == WAVE_CANCELLED) | {
            "agenda_changes": agenda_changes(known, wave, enrolment.group)
        }


def _write(kind: str, messages: list[Message], wanted: Q, extra: _Extra = _nothing_more) -> dict[int, Content | Unfit]:
    """Subject and text by message id. Two queries for up to 999 messages; nobody whose link was revoked."""
    rows = Enrolment.objects.active().filter(wanted, link_revoked_at=None).select_related("head__rt", "village")
    enrolments = rows.in_bulk({message.about_id for message in messages})
    waves = _waves(enrolment.wave_id for enrolment in enrolments.values())
    # What is the same for everybody in a wave, the subject included, is put into words once.
    shared = {pk: _Shared.of(kind, wave) for pk, wave in waves.items()}
    body = get_template(f"messages/{kind}/body.txt")
    contents: dict[int, Content | Unfit] = {}
    for message in messages:
        enrolment = enrolments.get(message.about_id)
        if not enrolment:
            continue
        same = shared[enrolment.wave_id]
        more = extra(message, enrolment, same.wave)
        if isinstance(more, Unfit):
            contents[message.pk] = more
        elif more is not None:
            own = {
                "enrolment": enrolment,
                "head": enrolment.head,
                "link": personal_url(enrolment.link_id),
                "answers_by_link": message.queued_at <= same.deadline,
            }
            text = body.render(same.words | own | more).strip() + "\n"
            contents[message.pk] = Content(same.subject, text, same.wave.publication_id)
    return contents


def _waves(keys: Iterable[int]) -> dict[int, Wave]:
    return Wave.objects.select_related("publication", "venue", "program__office", "program__region").in_bulk(set(keys))


@dataclass(frozen=True)
class _Shared:
    """What a kind of message says to everybody in a wave."""

    wave: Wave
    words: dict
    subject: str
    deadline: datetime

    @classmethod
    def of(cls, kind: str, wave: Wave) -> "_Shared":
        words = _of_wave(wave)
        subject = get_template(f"messages/{kind}/subject.txt").render(words)
        return cls(wave, words, _one_line(subject), wave.answer_deadline)


def _one_line(subject: str) -> str:
    """Whatever somebody typed into a name."""
    return " ".join(subject.split())[:200]


def _of_wave(wave: Wave) -> dict:
    words = {
        "wave": wave,
        "program": wave.program,
        "office": wave.program.office,
        "deadline": clock.moment_words(wave.answer_deadline, wave.zone),
    }
    if not wave.publication:
        return words
    facts = wave.publication.facts
    day = clock.local_date(datetime.fromisoformat(facts["starts_at"]), facts["zone"])
    return words | {"when": span_of(facts), "place": place_of(facts), "day": clock.date_words(day)}
