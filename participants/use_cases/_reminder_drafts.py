"""The messages of one reminder: to whom, by which way, for each audience that a rule can have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from participants.messages import draft_to
from participants.models import Attendance, Enrolment, Reminder, RTHead
from participants.queries.operator_lists import operators_of
from participants.reaching import Routes
from participants.reminders import outbox_prefix
from participants.told import (
    OPERATOR_LIST,
    REMINDER_COMPANION,
    REMINDER_CONFIRMED,
    REMINDER_SUBSTITUTE,
    REMINDER_UNANSWERED,
    THANKS,
)
from programs.models import ReminderRule, Wave
from rtportal.lib import clock
from rtportal.messaging.channels import usual_chain
from rtportal.messaging.channels.base import Person
from rtportal.messaging.outbox import Draft
from rtportal.messaging.routes import Chain, Link, Route, opted_out
from sessions.models import SpeakerInvitation
from sessions.speaker_drafts import SpeakerRoutes, reminder_draft

Audience = ReminderRule.Audience
# A letter takes days to be printed and handed out, and nobody carries another one to each house for every reminder.
_TOO_SLOW = {"letter"}


@dataclass(frozen=True)
class Occasion:
    """One reminder that is due: `reminder` comes with `rule` and `wave.program.region`."""

    reminder: Reminder
    expires_at: datetime
    now: datetime

    @property
    def wave(self) -> Wave:
        return self.reminder.wave

    def key(self, who: str) -> str:
        """Once for each person and each day that the reminder was planned for."""
        return f"{outbox_prefix(self.reminder.pk)}{who}:{clock.local_date(self.reminder.due_at, self.wave.zone)}"


def drafts_of(occasion: Occasion) -> Iterator[Draft]:
    """Messages to those whom the rule means at this moment and whom some channel reaches."""
    return _WRITERS[occasion.reminder.rule.audience](occasion)


def _to_heads(kind: str, chosen: Callable[[QuerySet[Enrolment]], QuerySet[Enrolment]]):
    """A writer to the heads among those whom `chosen` picks of the wave's people."""

    def write(occasion: Occasion) -> Iterator[Draft]:
        people = list(chosen(_people(occasion.wave)))
        routes = _QuickRoutes(occasion.wave.program, [enrolment.head for enrolment in people])
        for enrolment in people:
            draft = draft_to(
                enrolment,
                routes=routes,
                kind=kind,
                dedupe_key=occasion.key(str(enrolment.pk)),
                group=occasion.wave.group,
                expires_at=occasion.expires_at,
                now=occasion.now,
            )
            if draft:
                yield draft

    return write


def _to_substitutes(occasion: Occasion) -> Iterator[Draft]:
    """To the telephone of who comes instead; whoever opens the head's own link would be answering for the head."""
    rows = _people(occasion.wave).filter(answer=Enrolment.AnswerKind.REPRESENTED).exclude(substitute_phone="")
    # Whoever waits for approval may still be refused.
    people = list(rows.exclude(substitute_state=Enrolment.SubstituteState.PENDING))
    refused = opted_out(enrolment.substitute_phone for enrolment in people)
    chain = Chain(occasion.wave.program.reach_chain, refused=refused)
    for enrolment in people:
        person = Person(phone=enrolment.substitute_phone, is_synthetic=enrolment.head.is_synthetic)
        if route := _quick(chain.route_to(person, kind=REMINDER_SUBSTITUTE)):
            yield Draft(
                dedupe_key=occasion.key(str(enrolment.pk)),
                kind=REMINDER_SUBSTITUTE,
                route=route,
                is_synthetic=enrolment.head.is_synthetic,
                recipient_name=enrolment.substitute_name,
                region_code=enrolment.village_id,
                group=occasion.wave.group,
                about_id=enrolment.pk,
                due_at=occasion.now,
                expires_at=occasion.expires_at,
            )


def _to_speakers(occasion: Occasion) -> Iterator[Draft]:
    rows = SpeakerInvitation.objects.filter(wave=occasion.wave).exclude(speaker__link_id=None)
    invitations = list(rows.select_related("speaker").order_by("pk"))
    routes = SpeakerRoutes(occasion.wave.program, [invitation.speaker for invitation in invitations])
    for invitation in invitations:
        invitation.wave = occasion.wave
        key = occasion.key(f"speaker{invitation.speaker_id}")
        until = occasion.expires_at
        if draft := reminder_draft(invitation, routes=routes, key=key, expires_at=until, now=occasion.now):
            yield draft


def _to_operators(occasion: Occasion) -> Iterator[Draft]:
    """To the address they sign in with, whatever way the programme reaches its heads by."""
    operators = operators_of(occasion.wave)
    chain = Chain([*usual_chain(), "email"], refused=opted_out(user.email for user in operators))
    for user, region_code in operators.items():
        if route := chain.route_to(Person(email=user.email), kind=OPERATOR_LIST):
            yield Draft(
                dedupe_key=occasion.key(f"user{user.pk}"),
                kind=OPERATOR_LIST,
                route=route,
                recipient_name=str(user),
                region_code=region_code,
                group=occasion.wave.group,
                about_id=user.pk,
                due_at=occasion.now,
                expires_at=occasion.expires_at,
            )


class _QuickRoutes(Routes):
    """By which channels a head is reminded."""

    def to(self, head: RTHead, *, kind: str, former: Link = ("", "")) -> Route:
        return _quick(super().to(head, kind=kind, former=former))


def _quick(route: Route) -> Route:
    return tuple(link for link in route if link[0] not in _TOO_SLOW)


def _people(wave: Wave) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.active().filter(wave=wave, link_revoked_at=None)
    return rows.select_related("head__rt__village").order_by("pk")


def _with_companion(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return rows.confirmed().exclude(companion_name="")


def _present(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return rows.filter(Exists(Attendance.objects.filter(enrolment=OuterRef("pk"))))


_WRITERS: dict[str, Callable[[Occasion], Iterator[Draft]]] = {
    Audience.UNANSWERED: _to_heads(REMINDER_UNANSWERED, lambda rows: rows.unanswered()),
    Audience.CONFIRMED: _to_heads(REMINDER_CONFIRMED, lambda rows: rows.confirmed()),
    Audience.COMPANIONS: _to_heads(REMINDER_COMPANION, _with_companion),
    Audience.ATTENDED: _to_heads(THANKS, _present),
    Audience.SUBSTITUTES: _to_substitutes,
    Audience.SPEAKERS: _to_speakers,
    Audience.OPERATORS: _to_operators,
}
