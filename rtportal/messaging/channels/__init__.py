"""The channels: every folder here with a `channel.py` is one. A new one needs no other place to be named in."""

import pkgutil
from functools import cache
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from rtportal.messaging.channels.base import Channel


@cache
def all_channels() -> dict[str, Channel]:
    """Every channel by its name, which is the name of its folder."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return {name: import_module(f"{__name__}.{name}.channel").channel for name in names}


def default_channel() -> Channel:
    """The channel that new messages take (setting MESSAGE_CHANNEL). Raises ImproperlyConfigured if there is none."""
    try:
        return all_channels()[settings.MESSAGE_CHANNEL]
    except KeyError:
        known = ", ".join(all_channels())
        raise ImproperlyConfigured(f"CHANNEL={settings.MESSAGE_CHANNEL!r} tidak dikenal; yang ada: {known}") from None
