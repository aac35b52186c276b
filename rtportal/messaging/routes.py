"""By which channels somebody is told, one after the other: the first that reaches them, then what follows a failure."""

from collections.abc import Collection, Iterable

from rtportal.messaging.channels import all_channels, configured, usual_chain
from rtportal.messaging.channels.base import Person
from rtportal.messaging.models import OptOut

Route = tuple[tuple[str, str], ...]


def route_to(
    person: Person, *, kind: str, chain: Iterable[str] = (), preferred: str = "", refused: Collection = frozenset()
) -> Route:
    """Channel and address of each link that reaches the person with a message of `kind`; () if none does.

    `chain` are channel names, the usual chain if empty. `preferred` comes first if it is part of the chain. `refused`
    are pairs of channel and address that somebody does not want to be used (`opted_out`).
    """
    names = configured(chain) or usual_chain()
    if preferred in names:
        names = [preferred, *(name for name in names if name != preferred)]
    channels = (all_channels()[name] for name in names)
    links = ((channel, channel.address_of(person)) for channel in channels if not channel.carries(kind))
    return tuple(
        (channel.name, address) for channel, address in links if address and (channel.name, address) not in refused
    )


def opted_out(addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of channel and address that do not want messages, among the addresses; one query."""
    rows = OptOut.objects.filter(ended_at=None, address__in={address for address in addresses if address})
    return set(rows.values_list("channel", "address"))


def key_over(dedupe_key: str, channel: str) -> str:
    """The key of the same message over a later link: the key of the first link with the channel's name behind it."""
    return f"{dedupe_key.partition('@')[0]}@{channel}"
