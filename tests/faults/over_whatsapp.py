"""What tests of a delivery over WhatsApp share: a wave whose heads have telephones, and what became of each message.

Meta is a stub that speaks its HTTP; it has all limits of the real one.
"""

import time
from ast import literal_eval
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from tests.faults.delivery import INVITE
from tests.infra.portal import Portal, wait_until
from tests.infra.whatsapp_stub import Accepted, Answer, WhatsAppStub

# The template is what the portal itself proposes for an invitation, as Meta has approved it.
PREPARE = """
from datetime import date
from rtportal.lib import clock
from rtportal.messaging.kinds import all_kinds
from rtportal.messaging.models import WhatsAppTemplate
from rtportal.messaging.whatsapp_bodies import parameters_of, proposed_body
from tests import factories
factories.regions(factories.TABALONG)
factories.heads({people})
program = factories.program(reach_chain=["whatsapp", "manual"])
factories.wave(program=program, on=date(2099, 4, 8), venue=factories.venue(capacity={people}))
factories.user()
body = proposed_body("invitation")
WhatsAppTemplate.objects.create(
    kind="invitation", name="invitation_v1", body=body, parameters=parameters_of(body, all_kinds()["invitation"]),
    has_link=True, has_replies=True, status="approved", changed_at=clock.now(),
)
"""
OUTCOME = """
from collections import Counter
from django.db.models import Count
from participants.queries.reach_plan import BUCKETS, reach_plan
from programs.models import Wave
from rtportal.accounts.models import User
from rtportal.messaging.models import ChannelEvent, Message
rows = Message.objects.order_by("pk")
print({
    "states": dict(Counter(rows.filter(channel="whatsapp").values_list("state", flat=True))),
    "others": dict(Counter(rows.exclude(channel="whatsapp").values_list("channel", "state"))),
    "tries": dict(Counter(rows.filter(channel="whatsapp").annotate(n=Count("attempts")).values_list("n", flat=True))),
    "unknown": [each.removeprefix("+") for each in rows.filter(state="unknown").values_list("address", flat=True)],
    "reach": {
        bucket: people
        for bucket in BUCKETS
        if (people := getattr(reach_plan(Wave.objects.get(), User.objects.get()).total, bucket))
    },
    "events": ChannelEvent.objects.filter(processed_at=None).count(),
})
"""
# Retries are due after a minute, and a channel in trouble is left alone as long: so much of it has passed.
A_MINUTE_PASSES = """
from datetime import timedelta
from django.db.models import F
from rtportal.messaging.models import ChannelState, Message
Message.objects.filter(state="queued").update(due_at=F("due_at") - timedelta(minutes=1))
ChannelState.objects.exclude(paused_until=None).update(paused_until=F("paused_until") - timedelta(minutes=1))
"""
# What beat does each minute.
READ_REPORTS = """
from celery import current_app
current_app.send_task("messaging.read_channel_events")
"""


@dataclass(frozen=True)
class Outcome:
    """What stands in the portal: messages by state, those of other channels by (channel, state), people by bucket."""

    states: dict[str, int]
    others: dict[tuple[str, str], int]
    tries: dict[int, int]
    unknown: list[str]
    reach: dict[str, int]
    events: int

    @property
    def is_moving(self) -> bool:
        return bool(self.states.keys() & {"queued", "sending"})


class Meta:
    """The stub, what was asked of it and when: `asked` has (seconds, answer) of every request for a message.

    `plan` says the answer by the request's number, from 0; everything else is accepted.
    """

    def __init__(self, stub: WhatsAppStub):
        self.stub, self.plan, self.asked, self._numbers = stub, {}, [], count()
        stub.templates["invitation_v1"] = "APPROVED"
        stub.answer = self._answer

    def _answer(self, body: dict) -> Answer:
        answer = self.plan.get(next(self._numbers), Answer.ACCEPT)
        self.asked.append((time.monotonic(), answer))
        return answer

    def received(self) -> Counter:
        """How often each number got a message."""
        return Counter(message.to for message in self.stub.messages)

    def of(self, numbers: list[str]) -> list[Accepted]:
        return [message for message in self.stub.messages if message.to in numbers]


@contextmanager
def portal_for(meta: Meta, people: int, *, database_url: str = "", processes: int = 1) -> Iterator[Portal]:
    """A portal without beat that sends to the stub and hears from it; its heads have just been invited."""
    env = {**meta.stub.environment(), "WHATSAPP_PEOPLE_PER_DAY": "100000"}
    with Portal(database_url=database_url, beat=False, processes=processes, env=env) as portal:
        meta.stub.webhook_url = f"{portal.base_url}/webhook/whatsapp/"
        portal.python(PREPARE.format(people=people) + INVITE)
        yield portal


def outcome(portal: Portal, before: str = "") -> Outcome:
    """What stands in the portal after the lines `before` have run in it."""
    return Outcome(**literal_eval(portal.python(before + OUTCOME)))


def wait_for(portal: Portal, what: str, is_so: Callable[[Outcome], bool], *, before: str = "") -> Outcome:
    """The outcome once `is_so(outcome)`; raises AssertionError with the portal's logs. `before` runs each time."""
    last = None

    def found() -> Outcome | None:
        nonlocal last
        last = outcome(portal, before)
        return last if is_so(last) else None

    try:
        return wait_until(found, 60, every=0.5)
    except AssertionError as error:
        raise AssertionError(f"never {what}: {last}\n{portal.logs()}") from error


def wait_for_the_end(portal: Portal, *, before: str = "") -> Outcome:
    """Nothing is on its way any more."""
    return wait_for(portal, "closed", lambda now: not now.is_moving, before=before)


def nothing_is_lost_or_doubled(meta: Meta, now: Outcome, people: int, *, unknown: int = 0) -> None:
    """Every head's message arrived once, or is shown as unknown and was not sent again."""
    assert sum(now.states.values()) == people, now
    assert now.states.get("unknown", 0) == len(now.unknown) == unknown, now
    assert sum(now.reach.values()) == people, now
    received = meta.received()
    assert set(received.values()) <= {1}
    assert len(set(received) - set(now.unknown)) == people - unknown
