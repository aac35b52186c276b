"""Reading the mailbox to which mail of ours comes back."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from rtportal.messaging.channels.email.events import events_of
from rtportal.messaging.channels.email.mailbox import MailboxUnavailable, open_mailbox
from rtportal.messaging.channels.email.returned import read_mail
from rtportal.messaging.use_cases.keep_channel_events import keep_channel_events

logger = logging.getLogger("rtportal.messaging")


def collect_returned_mail(*, now: datetime, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Take over what came in since the last time. Returns how many mails were read.

    Does: keeps each as an event, then marks the mail as read; should the portal die in between, it is read again and
    kept once. What is no returned mail and no answer is marked as read as well, and stays in the mailbox.
    Refuses: nothing; without BOUNCES_URL there is nothing to read. A mailbox that does not answer is logged, and the
    next run tries again.
    Tells: the worker that acts on events.
    """
    if not settings.BOUNCES_URL:
        return 0
    count = 0
    try:
        with open_mailbox(settings.BOUNCES_URL) as mailbox:
            for key, data in mailbox.unread():
                if should_stop():
                    break
                keep_channel_events(channel="email", events=events_of(read_mail(data)), now=now)
                mailbox.settle(key)
                count += 1
    except MailboxUnavailable as error:
        logger.warning("%s", error)
    return count
