from datetime import UTC, datetime, timedelta

import pytest

from rtportal.audit.models import AuditEvent
from rtportal.lib.errors import InputError
from rtportal.messaging.held import held_count
from rtportal.messaging.models import Message, SendingHours
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from rtportal.messaging.use_cases.send_urgently import send_urgently
from tests import factories
from tests.factories import TABALONG

pytestmark = pytest.mark.django_db

# 21.10 in Tabalong.
NIGHT = datetime(2026, 3, 2, 13, 10, tzinfo=UTC)
MORNING = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
REASON = "Tempat acara besok pagi berpindah"


@pytest.fixture(autouse=True)
def usual_hours():
    factories.regions(TABALONG)
    SendingHours.objects.all().delete()


@pytest.fixture
def official():
    return factories.user()


def write(key: str, *, group: str = "wave:1", channel: str = "email", due_at: datetime = NIGHT) -> None:
    draft = Draft(
        dedupe_key=key,
        kind="invitation",
        route=((channel, f"{key}@rt.test"),),
        recipient_name="A",
        region_code=f"{TABALONG}.06.1001",
        group=group,
        about_id=1,
        due_at=due_at,
        expires_at=NIGHT + timedelta(days=3),
    )
    enqueue([draft], now=NIGHT)


def hurry(official, reason: str = REASON) -> int:
    return send_urgently(group="wave:1", region_code=TABALONG, reason=reason, by=official, now=NIGHT)


def test_what_is_written_at_night_is_held_until_the_morning(official):
    write("a")
    write("b")
    held = held_count("wave:1", official, now=NIGHT)
    assert (held.count, held.opens_at) == (2, MORNING)
    assert held_count("wave:2", official, now=NIGHT).count == 0
    assert held_count("wave:1", official, now=MORNING).count == 0
    assert held_count("wave:1", factories.user(region=factories.JARO), now=NIGHT).count == 0


def test_an_official_sends_held_messages_at_once_with_name_and_reason(official):
    write("a")
    write("other", group="wave:2")
    assert hurry(official, f"  {REASON} \n") == 1
    urgent = Message.objects.get(dedupe_key="a")
    assert (urgent.due_at, urgent.hold, urgent.urgent_reason, urgent.urgent_by) == (NIGHT, "", REASON, official)
    assert Message.objects.get(dedupe_key="other").hold == "quiet"
    line = AuditEvent.objects.get()
    assert (line.subject, line.actor) == ("wave:1", official)
    assert line.sentence == f"Mengirim 1 pesan yang ditahan jam kirim sebagai pesan mendesak. Alasan: {REASON}"


def test_a_worker_lets_it_go_and_holds_the_others(official, mail):
    write("a")
    write("other", group="wave:2")
    hurry(official)
    deliver_due_messages(now_fn=lambda: NIGHT)
    # It was tried, whatever its text came to; the other one was not even looked at.
    assert Message.objects.get(dedupe_key="a").state != Message.State.QUEUED
    other = Message.objects.get(dedupe_key="other")
    assert (other.state, other.due_at, other.attempt_count) == (Message.State.QUEUED, MORNING, 0)


def test_a_message_planned_for_a_later_day_stays_planned(official):
    write("later", due_at=MORNING + timedelta(hours=3))
    with pytest.raises(InputError):
        hurry(official)
    assert Message.objects.get().due_at == MORNING + timedelta(hours=3)


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 201])
def test_without_a_reason_that_fits_nothing_goes(official, reason):
    write("a")
    with pytest.raises(InputError):
        hurry(official, reason)
    assert Message.objects.get().hold == "quiet"
    assert not AuditEvent.objects.exists()


def test_pressing_twice_sends_once(official):
    write("a")
    hurry(official)
    with pytest.raises(InputError) as refusal:
        hurry(official)
    assert refusal.value.sentence.startswith("Tidak ada pesan yang sedang ditahan.")
    assert AuditEvent.objects.count() == 1
