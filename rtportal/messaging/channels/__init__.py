"""The channels: every folder here with a `channel.py` is one. A new one needs no other place to be named in."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from rtportal.messaging.channels.base import Channel


@cache
def all_channels() -> dict[str, Channel]:
    """Every channel by its name, which is the name of its folder."""
    names = sorted(path.parent.name for path in Path(__file__).parent.glob("*/channel.py"))
    return {name: import_module(f"{__name__}.{name}.channel").channel for name in names}


def usual_chain() -> list[str]:
    """The chain of an installation (setting MESSAGE_CHANNELS), first link first.

    A channel that is not configured is passed over. Raises ImproperlyConfigured for a name that no channel has.
    """
    unknown = [name for name in settings.MESSAGE_CHANNELS if name not in all_channels()]
    if unknown:
        known = ", ".join(all_channels())
        raise ImproperlyConfigured(f"CHANNELS: {', '.join(unknown)} tidak dikenal; yang ada: {known}")
    return configured(settings.MESSAGE_CHANNELS)


def configured(names: Iterable[str]) -> list[str]:
    """Those of the names that are channels this installation can use, in the same order and each once."""
    known = all_channels()
    return [name for name in dict.fromkeys(names) if name in known and known[name].is_configured()]


def label_of(name: str) -> str:
    """What people call a channel; its name where the channel is gone."""
    channel = all_channels().get(name)
    return channel.label if channel else name
