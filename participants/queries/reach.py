"""Whom the portal's channel can reach, before anything is sent."""

from dataclasses import dataclass

from django.db.models import QuerySet

from participants.reaching import Routes
from participants.reminders import INVITATION
from programs.models import Program
from rtportal.messaging.channels import all_channels, configured, label_of, usual_chain


@dataclass(frozen=True)
class Reach:
    """How many heads get a message, over which channel, and how many must be told another way."""

    channel_label: str
    reachable: int
    otherwise: int

    @property
    def heads(self) -> int:
        return self.reachable + self.otherwise


def reach_of(heads: QuerySet, program: Program) -> Reach:
    """Two queries, however many heads."""
    people = list(heads.order_by().select_related("rt__village"))
    routes, channels = Routes(program, people), all_channels()
    found = [routes.to(head, kind=INVITATION) for head in people]
    reachable = sum(1 for route in found if route and not channels[route[0][0]].is_by_hand)
    first = next((name for name in configured(program.reach_chain) or usual_chain()), "")
    return Reach(channel_label=label_of(first), reachable=reachable, otherwise=len(people) - reachable)
