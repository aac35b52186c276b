"""The rehearsal (gladi kirim) of a wave's invitations: what pressing the button would do, before anything is sent."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from participants.models import RTHead
from participants.queries.rehearsal_previews import Preview, previews_of
from participants.queries.to_invite import ToInvite, heads_of, to_invite
from participants.reaching import Routes
from participants.reminders import INVITATION
from programs.models import Wave
from rtportal.messaging.channels import all_channels, label_of
from rtportal.messaging.forecast import ChannelForecast, Forecast
from rtportal.messaging.outbox import Draft
from rtportal.messaging.outlook import outlook
from rtportal.messaging.routes import Route

NAMED = 50


@dataclass(frozen=True)
class ChannelLine:
    """One channel of the chain: `first` people are told over it at once, `later` more if what comes before fails.

    `price` and `cost` in rupiah, `cost` of the first people; `sending` is None for what people carry out. `hindrance`
    says why it brings no invitations at all.
    """

    label: str
    is_by_hand: bool
    first: int
    later: int
    price: int
    sending: ChannelForecast | None
    hindrance: str

    @property
    def cost(self) -> int:
        return self.first * self.price


@dataclass(frozen=True)
class LostHead:
    """A head whom no channel reaches, and why."""

    head: RTHead
    why: str


@dataclass(frozen=True)
class Rehearsal:
    """`heads` get an invitation over one of `lines` or are lost; `stranded` more a message of change.

    `depths` says of how many links after the first one people have: number of links → people. `fingerprint` changes
    with the people, their channels and the schedule.
    """

    heads: int
    stranded: int
    lines: list[ChannelLine]
    depths: list[tuple[int, int]]
    forecast: Forecast
    lost: list[LostHead]
    lost_count: int
    previews: list[Preview]
    fingerprint: str

    @property
    def count(self) -> int:
        return self.heads + self.stranded

    @property
    def reached(self) -> int:
        return self.heads - self.lost_count

    @property
    def cost(self) -> int:
        return sum(line.cost for line in self.lines)

    @property
    def days(self) -> list[tuple[date, int]]:
        """How many messages the portal sends on each day."""
        return [(day, sum(channels.values())) for day, channels in self.forecast.days.items()]


def rehearsal_of(wave: Wave, *, now: datetime) -> Rehearsal:
    """Of all heads of the wave who would be invited now; needs `program` and `publication`. Nothing is kept.

    The same number of queries for any number of heads.
    """
    people = to_invite(wave, heads_of(wave))
    routes = Routes(wave.program, people.heads)
    found = {head.pk: routes.to(head, kind=INVITATION) for head in people.heads}
    reached = [(head, found[head.pk]) for head in people.heads if found[head.pk]]
    drafts = (_draft(wave, head, route, now) for head, route in reached)
    sending = outlook(drafts, now=now, zone=wave.zone)
    lost = [head for head in people.heads if not found[head.pk]]
    depths = Counter(len(route) - 1 for _, route in reached)
    return Rehearsal(
        heads=len(people.heads),
        stranded=len(people.stranded),
        lines=_lines(routes, list(found.values()), sending),
        depths=sorted(depths.items(), reverse=True),
        forecast=sending,
        lost=[LostHead(head, _why(routes, head)) for head in lost[:NAMED]],
        lost_count=len(lost),
        previews=previews_of(wave, people, found, now=now),
        fingerprint=_fingerprint(wave, people, found),
    )


def fingerprint_of(wave: Wave, people: ToInvite) -> str:
    """That of a rehearsal which these people of the wave would have now."""
    routes = Routes(wave.program, people.heads)
    return _fingerprint(wave, people, {head.pk: routes.to(head, kind=INVITATION) for head in people.heads})


def _fingerprint(wave: Wave, people: ToInvite, routes: dict[int, Route]) -> str:
    matter = [wave.publication_id, sorted(routes.items()), [one.head_id for one in people.stranded]]
    return hashlib.sha256(json.dumps(matter).encode()).hexdigest()[:32]


def _lines(routes: Routes, found: list[Route], sending: Forecast) -> list[ChannelLine]:
    firsts = Counter(route[0][0] for route in found if route)
    laters = Counter(name for route in found for name, _ in route[1:])
    by_name = {channel.channel: channel for channel in sending.channels}
    known = all_channels()
    return [
        ChannelLine(
            label=known[name].label,
            is_by_hand=known[name].is_by_hand,
            first=firsts[name],
            later=laters[name],
            price=known[name].price,
            sending=by_name.get(name),
            hindrance=routes.chain.hindrance(name, INVITATION),
        )
        for name in routes.chain.names
    ]


def _draft(wave: Wave, head: RTHead, route: Route, now: datetime) -> Draft:
    return Draft(
        dedupe_key=f"rehearsal:{head.pk}",
        kind=INVITATION,
        route=route,
        recipient_name=head.full_name,
        region_code=head.rt.village_id,
        group=wave.group,
        about_id=head.pk,
        due_at=now,
        expires_at=wave.starts_at,
        is_synthetic=head.is_synthetic,
    )


def _why(routes: Routes, head: RTHead) -> str:
    """What is missing of each channel of the chain, in its order."""
    return "; ".join(f"{label_of(name)}: {routes.hindrance(head, name, INVITATION)}" for name in routes.chain.names)
