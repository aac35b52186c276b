"""Whoever was told of a schedule is told when it changes: once, and the way they were told before.

The rules:
- A correction is written when what was told differs from what holds now, and none is waiting. Its text is made as it
  is sent, so it always says the newest; should the change have been taken back by then, it is not sent at all.
- An invitation still waiting needs no correction: it will say the new facts. It only gets the new limits.
- Where a message failed the next link of its route waits: it says the newest too.
- Whoever was never told (no address, refused, called off) gets none. But whose invitation expired or was called off
  unsent is invited anew once their wave is ahead of them again, because nobody would tell them otherwise.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from participants.models import Enrolment
from participants.reaching import Routes, routes_to
from participants.reminders import INVITATION
from participants.told import (
    ANNOUNCEMENTS,
    REMINDERS,
    WAVE_CANCELLED,
    Heard,
    Told,
    heard_by,
    kind_due,
    publications_told,
)
from programs.models import Program, Wave
from rtportal.messaging.channels import all_channels
from rtportal.messaging.models import Message
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.messaging.routes import Link
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures

_NOBODY_YET = {Message.State.EXPIRED, Message.State.WITHDRAWN}


def correct_told(enrolments: QuerySet[Enrolment], *, now: datetime) -> int:
    """Write what the people have to be told after a change of their wave, and return how many messages that are.

    Call it in the transaction of the change, after the change: a publication, a move to another wave, a cancellation.
    People continued in a later wave, with a revoked link, or in a wave that has ended are passed over. The enrolments
    and their waiting messages are locked, so no worker can render the former facts unseen: what it took before counts
    as told. About ten statements, however many people.
    """
    # What follows a failure waits by then, and is brought in line like everything else that waits.
    pass_on_failures(now=now)
    # The row's lock also holds back a new link for the same person.
    rows = enrolments.active().filter(wave__ends_at__gt=now).order_by("pk")
    locked = rows.select_for_update(of=("self",), no_key=True)
    people = list(locked.select_related("wave__program__region", "wave__publication", "head__rt__village"))
    heard = _hold_waiting({enrolment.pk: enrolment.wave for enrolment in people}, now)
    publications = publications_told(heard.values())
    routes = {program: routes_to(group, program) for program, group in _by_program(people).items()}
    drafts = [
        draft
        for enrolment in people
        if enrolment.pk in heard and not enrolment.link_revoked_at
        if (draft := _draft_for(enrolment, heard[enrolment.pk], publications, routes[enrolment.wave.program], now))
    ]
    return enqueue(drafts, now=now)


def _hold_waiting(waves: dict[int, Wave], now: datetime) -> dict[int, Heard]:
    """Lock and settle what waits for these people, by the wave that each is in; returns what they have heard."""
    waiting = Message.objects.waiting().filter(kind__in=[*ANNOUNCEMENTS, *REMINDERS], about_id__in=waves)
    held: set[int] = set()
    while True:
        queue = list(waiting.select_for_update().order_by("pk").values_list("pk", "about_id", "kind", "group"))
        _settle_waiting(waves, queue, now)
        held.update(pk for pk, *_ in queue)
        # After the locks: a message that was taken while we waited for them is in a worker's hands by now.
        heard = heard_by(waves)
        # One that a worker gave back in between could be taken again with the former facts: it is held as well.
        if all(one.queued.keys() <= held for one in heard.values()):
            return heard


def _settle_waiting(waves: dict[int, Wave], queue: list[tuple[int, int, str, str]], now: datetime) -> None:
    """Bring queued messages in line with the present wave of who they are for, or call them off."""
    pointless: dict[str, list[int]] = defaultdict(list)
    kept: dict[tuple[Wave, str], list[int]] = defaultdict(list)
    for pk, about, kind, group in queue:
        wave = waves[about]
        if kind in REMINDERS:
            if wave.is_cancelled or group != wave.group:
                pointless["Gelombangnya dibatalkan atau pesertanya pindah."].append(pk)
        elif wave.is_cancelled and kind != WAVE_CANCELLED:
            pointless["Gelombangnya dibatalkan."].append(pk)
        elif kind == WAVE_CANCELLED and not wave.is_cancelled:
            pointless["Pesertanya pindah ke gelombang lain."].append(pk)
        else:
            kept[wave, kind].append(pk)
    for detail, keys in pointless.items():
        rows = Message.objects.waiting().filter(pk__in=keys)
        rows.update(state=Message.State.WITHDRAWN, closed_at=now, detail=detail)
    for (wave, kind), keys in kept.items():
        rows = Message.objects.waiting().filter(pk__in=keys)
        rows.update(group=wave.group, expires_at=expires_at(wave, kind))


def expires_at(wave: Wave, kind: str) -> datetime:
    """From then on an announcement is pointless. A correction still helps while the wave goes on."""
    return wave.starts_at if kind == INVITATION else wave.ends_at


def _by_program(people: list[Enrolment]) -> dict[Program, list[Enrolment]]:
    groups: dict[Program, list[Enrolment]] = defaultdict(list)
    for enrolment in people:
        groups[enrolment.wave.program].append(enrolment)
    return groups


def _draft_for(enrolment: Enrolment, heard: Heard, publications: dict, routes: Routes, now: datetime) -> Draft | None:
    wave = enrolment.wave
    if heard.queued:
        return None
    if heard.told:
        facts = wave.publication.facts if wave.publication else None
        kind = kind_due(heard.told, publications, wave=wave, facts=facts, group=enrolment.group)
        return _draft(enrolment, kind, heard, routes, (heard.told.channel, heard.told.address), now) if kind else None
    _, _, state, channel = heard.newest or (0, "", "", "")
    is_ahead = wave.publication_id and not wave.is_cancelled and wave.starts_at > now
    if state in _NOBODY_YET and is_ahead:
        return _draft(enrolment, INVITATION, heard, routes, (channel, ""), now)
    return None


def _draft(enrolment: Enrolment, kind: str, heard: Heard, routes: Routes, former: Link, now: datetime) -> Draft | None:
    """Over the channel used before, then the others; None if there is none."""
    head = enrolment.head
    route = routes.to(head, kind=kind, former=former)
    if not route:
        return None
    return Draft(
        # One at most after each earlier announcement, whoever asks and how often.
        dedupe_key=f"{kind}:{enrolment.pk}:{heard.newest[0]}",
        kind=kind,
        route=route,
        is_synthetic=head.is_synthetic,
        recipient_name=head.full_name,
        region_code=enrolment.village_id,
        group=enrolment.wave.group,
        about_id=enrolment.pk,
        due_at=now,
        expires_at=expires_at(enrolment.wave, kind),
    )


@dataclass(frozen=True)
class Reach:
    """How many were told over one channel, and how many of those come or send somebody."""

    label: str
    told: int
    confirmed: int


@dataclass(frozen=True)
class Impact:
    """Who of a wave was told what: `told + queued + untold` are its participants.

    `due` of those told would get a correction; `untold` counts those no message reached, who must be told another way.
    """

    reaches: list[Reach]
    told: int
    confirmed: int
    queued: int
    untold: int
    due: int
    # Up to `NAMED` of those no message reached, with `head.rt` and `village`.
    named: list[Enrolment]


NAMED = 50


def impact(wave: Wave, facts: dict | None = None) -> Impact:
    """What a change of the wave means for its people; `facts` is the schedule that would hold, by default the present.

    Four queries, however many people.
    """
    rows = Enrolment.objects.filter(wave=wave).active()
    heard = heard_by(rows)
    publications = publications_told(heard.values())
    if facts is None:
        facts = wave.publication.facts if wave.publication else None
    told: dict[str, list[str]] = defaultdict(list)
    queued, due, untold = 0, 0, []
    coming = {Enrolment.AnswerKind.CONFIRMED, Enrolment.AnswerKind.REPRESENTED}
    people = rows.order_by("village_id", "head__rt__rw", "head__rt__number")
    for pk, answer, group, revoked_at in people.values_list("pk", "answer", "group", "link_revoked_at"):
        one = heard.get(pk, Heard())
        if one.told and not revoked_at:
            told[one.told.channel].append(answer)
            due += _is_due(one.told, publications, wave, facts, group)
        elif one.queued:
            queued += 1
        else:
            untold.append(pk)
    named = Enrolment.objects.select_related("head__rt", "village").in_bulk(untold[:NAMED])
    labels = {name: channel.label for name, channel in all_channels().items()}
    reaches = [
        Reach(labels.get(name, name), len(answers), sum(answer in coming for answer in answers))
        for name, answers in sorted(told.items())
    ]
    return Impact(
        reaches=reaches,
        told=sum(reach.told for reach in reaches),
        confirmed=sum(reach.confirmed for reach in reaches),
        queued=queued,
        untold=len(untold),
        due=due,
        named=[named[pk] for pk in untold[:NAMED]],
    )


def _is_due(told: Told, publications: dict, wave: Wave, facts: dict | None, group: str) -> bool:
    return bool(kind_due(told, publications, wave=wave, facts=facts, group=group))
