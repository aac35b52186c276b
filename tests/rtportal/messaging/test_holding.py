"""Messages that are written in the quiet hours; the regions have the usual ones, 07.30–20.00."""

from datetime import UTC, datetime, timedelta

import pytest

from rtportal.messaging.models import Message, SendingHours
from rtportal.messaging.outbox import enqueue
from tests import factories
from tests.factories import JAMBI, TABALONG, user
from tests.rtportal.messaging.letters import draft, wakeups

EVENING = datetime(2026, 4, 13, 13, 0, tzinfo=UTC)  # a Monday, 21.00 WITA and 20.00 WIB
WITA_OPENS = datetime(2026, 4, 13, 23, 30, tzinfo=UTC)
WIB_OPENS = datetime(2026, 4, 14, 0, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def usual_hours() -> None:
    factories.regions(TABALONG, JAMBI)
    SendingHours.objects.all().delete()


def written(*, now: datetime = EVENING, channel: str = "email", **fields) -> Message:
    enqueue([draft(1, **({"channel": channel, "due_at": now} | fields))], now=now)
    return Message.objects.get()


@pytest.mark.django_db
def test_what_is_written_at_night_waits_for_the_opening_in_its_own_zone(usual_hours):
    enqueue([draft(1, channel="email", due_at=EVENING)], now=EVENING)
    enqueue([draft(2, channel="email", due_at=EVENING, region_code=f"{JAMBI}.01.1001")], now=EVENING)
    assert list(Message.objects.order_by("pk").values_list("state", "hold", "due_at")) == [
        ("queued", "quiet", WITA_OPENS),
        ("queued", "quiet", WIB_OPENS),
    ]


@pytest.mark.django_db
def test_a_plan_for_the_night_is_moved_to_the_morning_and_one_for_the_day_stays(usual_hours):
    morning, noon = EVENING - timedelta(hours=12), EVENING + timedelta(hours=15)
    enqueue([draft(1, channel="email", due_at=EVENING), draft(2, channel="email", due_at=noon)], now=morning)
    assert list(Message.objects.order_by("pk").values_list("hold", "due_at")) == [("quiet", WITA_OPENS), ("", noon)]


@pytest.mark.django_db
def test_what_was_due_earlier_waits_for_the_next_opening_all_the_same(usual_hours):
    assert written(due_at=EVENING - A_DAY).due_at == WITA_OPENS


@pytest.mark.django_db
def test_what_may_go_now_keeps_its_due_time(usual_hours):
    open_at = EVENING - timedelta(hours=2)
    message = written(now=open_at, due_at=open_at - A_DAY)
    assert (message.hold, message.due_at) == ("", open_at - A_DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("expires_at", [WITA_OPENS, WITA_OPENS - timedelta(seconds=1)])
def test_what_could_only_go_after_its_time_is_written_as_late_with_the_reason(usual_hours, expires_at):
    message = written(expires_at=expires_at)
    assert (message.state, message.closed_at, message.hold) == ("expired", EVENING, "")
    assert "jam kirim baru mulai Selasa, 14 April 2026, 07.30 WITA" in message.detail


@pytest.mark.django_db
def test_what_can_just_go_in_time_is_held(usual_hours):
    message = written(expires_at=WITA_OPENS + timedelta(seconds=1))
    assert (message.state, message.due_at) == ("queued", WITA_OPENS)


@pytest.mark.django_db
def test_hours_do_not_bind_what_rings_nowhere_what_is_carried_by_hand_and_what_is_urgent(usual_hours):
    official = user(region=None)
    enqueue(
        [
            draft(1, channel="inbox", due_at=EVENING),
            draft(2, channel="manual", due_at=EVENING),
            draft(3, channel="email", due_at=EVENING, urgent_reason="Tempat pindah", urgent_by_id=official.pk),
            draft(4, channel="unheard-of", due_at=EVENING),
        ],
        now=EVENING,
    )
    assert set(Message.objects.values_list("hold", "due_at")) == {("", EVENING)}
    assert Message.objects.get(about_id=3).urgent_by == official


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_what_is_held(usual_hours):
    written()
    assert wakeups() == 0


@pytest.mark.django_db
def test_many_held_messages_take_as_many_queries_as_one(usual_hours, django_assert_num_queries):
    for count, start in ((1, 0), (20, 100)):
        drafts = [draft(start + number, channel="email", due_at=EVENING) for number in range(count)]
        # Three for the hours, one to write the rows, two for the transaction.
        with django_assert_num_queries(6, exact=False):
            enqueue(drafts, now=EVENING)
