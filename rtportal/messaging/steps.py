"""What a person may still do with a message: try it again, pass it on, take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rtportal.messaging.channels import all_channels, label_of
from rtportal.messaging.models import Message
from rtportal.messaging.routes import key_over

State = Message.State
# Nobody can have read it there, and nothing more comes of it.
OVER = frozenset({State.FAILED, State.WITHDRAWN, State.EXPIRED})


def may_try_again(message: Message, now: datetime) -> bool:
    """It failed, or was taken back, on a channel that is still there, and its time has not passed."""
    is_over = message.state in {State.FAILED, State.WITHDRAWN}
    return is_over and message.channel in all_channels() and not is_too_late(message, now)


def goes_on_elsewhere(message: Message, others: Iterable[Message]) -> Message | None:
    """The same message over another link, where it waits, is under way or may have been read."""
    base = base_key(message)
    return next(
        (one for one in others if one.pk != message.pk and base_key(one) == base and one.state not in OVER), None
    )


def over_other_links(message: Message) -> QuerySet[Message]:
    """The same message over every other link there may be, the newest first."""
    base = base_key(message)
    keys = {base, *(key_over(base, name) for name in all_channels())} - {message.dedupe_key}
    return Message.objects.filter(dedupe_key__in=keys).order_by("-pk")


def base_key(message: Message) -> str:
    """What all links of one message have in common."""
    return message.dedupe_key.partition("@")[0]


def may_pass_on(message: Message, now: datetime) -> bool:
    """There is a later link, and nobody can have read it on this one."""
    is_open = message.is_waiting or (message.state == State.FAILED and message.passed_on_at is None)
    return is_open and bool(message.route) and not is_too_late(message, now)


def may_withdraw(message: Message) -> bool:
    return message.is_waiting


def is_too_late(message: Message, now: datetime) -> bool:
    return bool(message.expires_at and message.expires_at <= now)


@dataclass(frozen=True)
class Steps:
    """What the buttons below a message offer; `label` is its channel, `next_label` the one after it."""

    may_try_again: bool
    may_pass_on: bool
    may_withdraw: bool
    label: str
    next_label: str

    @property
    def any(self) -> bool:
        return self.may_try_again or self.may_pass_on or self.may_withdraw


def steps_for(message: Message, now: datetime, *, is_allowed: bool, others: Iterable[Message]) -> Steps | None:
    """None for whoever may do nothing; `others` are those over other links, and may be more."""
    if not is_allowed:
        return None
    return Steps(
        may_try_again(message, now) and goes_on_elsewhere(message, others) is None,
        may_pass_on(message, now),
        may_withdraw(message),
        label_of(message.channel),
        label_of(message.route[0][0]) if message.route else "",
    )
