"""By which channels an RT head is told: the programme's chain, the head's own data and wishes."""

from collections.abc import Iterable

from participants.models import Enrolment, RTHead
from programs.models import Program
from rtportal.messaging.channels import all_channels
from rtportal.messaging.channels.base import Person
from rtportal.messaging.routes import Chain, Link, Route, opted_out


def person_of(head: RTHead) -> Person:
    """What channels may know of the head; `head` comes with `rt.village`."""
    return Person(
        email=head.email,
        phone=head.phone,
        place=f"{head.rt.label}, {head.rt.village.full_name}",
        is_synthetic=head.is_synthetic,
    )


class Routes:
    """Routes of some heads in one programme; one query for who does not want messages where."""

    def __init__(self, program: Program, heads: Iterable[RTHead]):
        refused = opted_out(address for head in heads for address in (head.email, head.phone))
        self.chain = Chain(program.reach_chain, refused=refused)

    def to(self, head: RTHead, *, kind: str, former: Link = ("", "")) -> Route:
        """Channel and address of each link: `former`, by which the head was told before, then the head's own choice."""
        return self.chain.route_to(person_of(head), kind=kind, preferred=head.preferred_channel, former=former)

    def hindrance(self, head: RTHead, channel: str, kind: str) -> str:
        """Why the channel does not reach the head with a message of this kind; "" if it does."""
        if why := self.chain.hindrance(channel, kind):
            return why.rstrip(".")
        address = all_channels()[channel].address_of(person_of(head))
        if not address:
            return "tidak ada alamat atau nomor yang dapat dipakai"
        return "tidak mau menerima pesan lagi" if (channel, address) in self.chain.refused else ""


def routes_to(enrolments: Iterable[Enrolment], program: Program) -> Routes:
    """Routes of these participants of the programme; they come with `head.rt.village`."""
    return Routes(program, [enrolment.head for enrolment in enrolments])
