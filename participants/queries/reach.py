"""Whom the portal's channel can reach, before anything is sent."""

from dataclasses import dataclass

from django.db.models import QuerySet

from rtportal.messaging.channels import default_channel


@dataclass(frozen=True)
class Reach:
    """How many heads get a message, over which channel, and how many must be told another way."""

    channel_label: str
    reachable: int
    otherwise: int

    @property
    def heads(self) -> int:
        return self.reachable + self.otherwise


def reach_of(heads: QuerySet) -> Reach:
    """One query over the heads' addresses."""
    channel = default_channel()
    people = list(heads.order_by().values_list("email", "phone"))
    reachable = sum(1 for email, phone in people if channel.address_of(email=email, phone=phone))
    return Reach(channel_label=channel.label, reachable=reachable, otherwise=len(people) - reachable)
