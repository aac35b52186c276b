"""What a person may still do with a message: try it again, pass it on, take it back."""

from dataclasses import dataclass
from datetime import datetime

from rtportal.messaging.channels import all_channels, label_of
from rtportal.messaging.models import Message

State = Message.State


def may_try_again(message: Message, now: datetime) -> bool:
    """It failed, or was taken back, on a channel that is still there, and its time has not passed."""
    is_over = message.state in {State.FAILED, State.WITHDRAWN}
    return is_over and message.channel in all_channels() and not is_too_late(message, now)


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


def steps_for(message: Message, now: datetime, *, is_allowed: bool) -> Steps | None:
    """None for whoever may do nothing."""
    if not is_allowed:
        return None
    return Steps(
        may_try_again(message, now),
        may_pass_on(message, now),
        may_withdraw(message),
        label_of(message.channel),
        label_of(message.route[0][0]) if message.route else "",
    )
