"""By which channels somebody is told, one after the other: the first that reaches them, then what follows a failure."""

from collections.abc import Collection, Iterable

from rtportal.messaging.channels import all_channels, configured, usual_chain
from rtportal.messaging.channels.base import Person
from rtportal.messaging.models import OptOut

Link = tuple[str, str]
# More addresses than these are compared here with everybody who wants no messages, who are few.
_ASKED_BY_NAME = 1000
Route = tuple[Link, ...]


class Chain:
    """Channels in an order, as they are at this moment; each is asked once for each kind whether it brings it.

    `names` are channels, the usual chain if empty. `refused` are pairs of channel and address that somebody does not
    want to be used (`opted_out`).
    """

    def __init__(self, names: Iterable[str] = (), *, refused: Collection[Link] = frozenset()):
        self.names = configured(names) or usual_chain()
        self.refused = refused
        self._hindrances: dict[Link, str] = {}

    def route_to(self, person: Person, *, kind: str, preferred: str = "", former: Link = ("", "")) -> Route:
        """Channel and address of each link that reaches the person with a message of `kind`; () if none does.

        `preferred` comes first if it is part of the chain. Before it comes `former`, the link by which the person was
        told before, even where the chain has lost it: at the address that they have for it now, else at the old one.
        """
        before = configured([former[0]])
        chosen = [preferred] if preferred in self.names else []
        links = []
        for name in dict.fromkeys([*before, *chosen, *self.names]):
            address = all_channels()[name].address_of(person) or (former[1] if name in before else "")
            if address and (name, address) not in self.refused and not self.hindrance(name, kind):
                links.append((name, address))
        return tuple(links)

    def hindrance(self, name: str, kind: str) -> str:
        """Why the channel brings no message of this kind, an Indonesian sentence; "" if it does."""
        if (name, kind) not in self._hindrances:
            self._hindrances[name, kind] = all_channels()[name].carries(kind)
        return self._hindrances[name, kind]


def opted_out(addresses: Iterable[str]) -> set[Link]:
    """Pairs of channel and address that do not want messages, among the addresses; one query."""
    asked = {address for address in addresses if address}
    rows = OptOut.objects.filter(ended_at=None)
    if len(asked) <= _ASKED_BY_NAME:
        rows = rows.filter(address__in=asked)
    return {(channel, address) for channel, address in rows.values_list("channel", "address") if address in asked}


def key_over(dedupe_key: str, channel: str) -> str:
    """The key of the same message over a later link: the key of the first link with the channel's name behind it."""
    return f"{base_of(dedupe_key)}@{channel}"


def base_of(dedupe_key: str) -> str:
    """What the keys of all links of one message begin with: the key of the first."""
    return dedupe_key.partition("@")[0]


def keys_over_any(base: str) -> list[str]:
    """The keys that one message may have, over its first link and over each later one."""
    return [base, *(key_over(base, name) for name in all_channels())]
