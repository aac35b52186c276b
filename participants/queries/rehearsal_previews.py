"""Invitations as they would read, of real heads, without writing one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from participants.links import hash_of
from participants.models import Enrolment, RTHead
from participants.queries.to_invite import ToInvite
from participants.reminders import INVITATION
from participants.short_codes import insert_with_codes
from programs.models import Wave
from rtportal.messaging.channels import label_of
from rtportal.messaging.kinds import Content, Unfit, render
from rtportal.messaging.models import Message
from rtportal.messaging.routes import Route

COUNT = 3


@dataclass(frozen=True)
class Preview:
    """One invitation; without `text` it says in `detail` why there is none."""

    head: RTHead
    channel_label: str
    address: str
    subject: str
    text: str
    detail: str


def new_enrolment(wave: Wave, head: RTHead, now: datetime) -> Enrolment:
    """Not saved; `head` comes with `rt`."""
    enrolment = Enrolment(
        program_id=wave.program_id,
        wave=wave,
        head=head,
        rt_id=head.rt_id,
        village_id=head.rt.village_id,
        invited_at=now,
    )
    enrolment.link_hash = hash_of(enrolment.link_id)
    return enrolment


def previews_of(wave: Wave, people: ToInvite, routes: dict[int, Route], *, now: datetime) -> list[Preview]:
    """Of at most COUNT heads, over different channels where there are. Their links open nothing.

    The renderer reads enrolments, so they are written and rolled back.
    """
    chosen = _chosen(people.heads, routes)
    known = {enrolment.head_id: enrolment for enrolment in people.continued}
    with transaction.atomic():
        try:
            fresh = insert_with_codes(new_enrolment(wave, head, now) for head in chosen if head.pk not in known)
        except IntegrityError:
            # Somebody presses the button at this very moment.
            return []
        known |= {enrolment.head_id: enrolment for enrolment in fresh}
        messages = [_message(wave, known[head.pk], head, routes[head.pk], now) for head in chosen]
        contents = render(messages)
        transaction.set_rollback(True)
    return [_preview(head, message, contents[message.pk]) for head, message in zip(chosen, messages, strict=True)]


def _chosen(heads: list[RTHead], routes: dict[int, Route]) -> list[RTHead]:
    """The first one of each channel, then the first ones of all."""
    reached = [head for head in heads if routes[head.pk]]
    by_channel = {routes[head.pk][0][0]: head for head in reversed(reached)}
    wanted = {head.pk: head for head in [*by_channel.values(), *reached[:COUNT]]}
    return list(wanted.values())[:COUNT]


def _message(wave: Wave, enrolment: Enrolment, head: RTHead, route: Route, now: datetime) -> Message:
    channel, address = route[0]
    return Message(
        pk=-enrolment.pk,
        kind=INVITATION,
        channel=channel,
        address=address,
        recipient_name=head.full_name,
        region_code=enrolment.village_id,
        group=wave.group,
        about_id=enrolment.pk,
        queued_at=now,
        due_at=now,
        is_synthetic=head.is_synthetic,
    )


def _preview(head: RTHead, message: Message, content: Content | Unfit) -> Preview:
    is_written = isinstance(content, Content)
    return Preview(
        head=head,
        channel_label=label_of(message.channel),
        address=message.address,
        subject=content.subject if is_written else "",
        text=content.text if is_written else "",
        detail="" if is_written else content.detail,
    )
