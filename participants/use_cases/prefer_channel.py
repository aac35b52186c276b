"""A head is told over another channel first."""

from datetime import datetime

from django.db import transaction

from participants.models import Enrolment, RTHead
from rtportal.accounts.models import User
from rtportal.audit.record import record
from rtportal.lib.errors import InputError
from rtportal.messaging.channels import all_channels, label_of


class PreferenceRefused(InputError):
    """There is no such channel."""


@transaction.atomic
def prefer_channel(*, enrolment: Enrolment, channel: str, by: User, now: datetime) -> bool:
    """`enrolment` comes with `head.rt` and `wave`; the caller has checked Right.ANSWER_FOR.

    Does: remembers which channel reaches the head best, "" for none in particular; it comes first in messages written
    from now on, where the programme's chain has it. Returns whether that is new.
    Refuses (PreferenceRefused): a channel that there is not.
    Tells: one audit line at the wave.
    """
    if channel and channel not in all_channels():
        raise PreferenceRefused("Saluran ini tidak ada di portal ini.")
    rows = RTHead.objects.filter(pk=enrolment.head_id).exclude(preferred_channel=channel)
    if not rows.update(preferred_channel=channel):
        return False
    head = enrolment.head
    wish = f"lebih dahulu lewat {label_of(channel)}" if channel else "menurut rantai pengiriman program"
    record(
        at=now,
        actor=by,
        action="head.channel_preferred",
        sentence=f"{head} ({head.rt}) diberi tahu {wish}.",
        region_code=enrolment.village_id,
        subject=enrolment.wave.group,
        data={"enrolment": enrolment.pk, "channel": channel},
    )
    return True
