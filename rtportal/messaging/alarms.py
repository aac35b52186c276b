"""What of the messages does not work: a channel takes nothing, the worker is gone, or something waits too long."""

from datetime import datetime, timedelta

from django.db.models import CharField, F, Min, Q, Value

from rtportal.lib.clock import length_words
from rtportal.messaging.channel_health import WORKER
from rtportal.messaging.channels import all_channels, label_of
from rtportal.messaging.models import ChannelState, Heartbeat, Message
from rtportal.web.health import Trouble

# The worker gives a sign each minute.
LONGEST_SILENCE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=15)


def troubles_of_messages(now: datetime) -> list[Trouble]:
    """Told in words that need no time zone. One query."""
    failing, beaten_at, oldest = [], None, None
    for kind, name, at, detail in _facts(now):
        if kind == "channel":
            failing.append((name, at, detail))
        elif kind == "worker":
            beaten_at = at
        else:
            oldest = at
    found = [
        Trouble(
            f"channel:{name}",
            f"{label_of(name)} tidak melayani sejak {length_words(now - since)} yang lalu. {detail}".strip(),
        )
        for name, since, detail in failing
    ]
    if oldest is None:
        return found
    # A worker that never gave a sign may just be starting.
    silent_for = now - (beaten_at or oldest)
    if silent_for > LONGEST_SILENCE:
        found.append(
            Trouble(
                "worker",
                f"Pengirim pesan tidak bekerja sejak {length_words(silent_for)} yang lalu, padahal ada pesan yang "
                "menunggu. Hubungi pengelola peladen.",
            )
        )
    if now - oldest > LONGEST_WAIT:
        found.append(Trouble("waiting", f"Pesan yang antre paling lama sudah menunggu {length_words(now - oldest)}."))
    return found


def _facts(now: datetime) -> list[tuple[str, str, datetime | None, str]]:
    """Kind, name, instant and detail of failing channels, the worker and the oldest message that could go out."""
    channels = ChannelState.objects.filter(unavailable_since__isnull=False).values_list(
        _word("channel"), F("channel"), F("unavailable_since"), F("detail")
    )
    worker = Heartbeat.objects.filter(name=WORKER).values_list(_word("worker"), F("name"), F("beaten_at"), _word(""))
    # Held and planned messages are due later; those of a channel that rests, or goes at its pace, wait rightly.
    paced = [name for name, channel in all_channels().items() if channel.pace.is_limited]
    resting = ChannelState.objects.filter(
        Q(paused_until__gt=now) | Q(channel__in=paced, last_accepted_at__gt=now - LONGEST_WAIT)
    )
    due = Message.objects.due(now).exclude(channel__in=resting.values("channel"))
    oldest = due.order_by().values(part=_word("waiting"), who=_word("")).annotate(since=Min("due_at"), why=_word(""))
    return list(channels.order_by().union(worker, oldest.values_list("part", "who", "since", "why"), all=True))


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())
