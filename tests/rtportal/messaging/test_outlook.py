from datetime import UTC, datetime, timedelta

import pytest

from rtportal.lib import clock
from rtportal.messaging.models import ChannelUse, Message, SendingHours
from rtportal.messaging.outbox import Draft, enqueue
from rtportal.messaging.outlook import outlook
from tests import factories
from tests.factories import JAMBI, NOW, TABALONG

pytestmark = pytest.mark.django_db
END = NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def small_account(settings):
    factories.regions()
    SendingHours.objects.all().delete()
    settings.WHATSAPP_PEOPLE_PER_DAY = 10


def drafts(count: int, *, channel="whatsapp", region=TABALONG, group="wave:1", until=END, since=NOW) -> list[Draft]:
    return [
        Draft(
            dedupe_key=f"{group}:{channel}:{number}",
            kind="invitation",
            route=((channel, f"+62812{group[-1]}{number:06d}"),),
            recipient_name="A",
            region_code=f"{region}.06.1001",
            group=group,
            about_id=number,
            due_at=since,
            expires_at=until,
        )
        for number in range(count)
    ]


def test_a_plan_says_how_many_days_it_takes_and_writes_nothing():
    seen = outlook(drafts(25), now=NOW, zone="WITA")
    assert [day["whatsapp"] for day in seen.days.values()] == [10, 10, 5]
    assert (seen.first_at, seen.sent) == (NOW, 25)
    assert not Message.objects.exists()


def test_what_was_sent_today_and_what_waits_with_an_earlier_end_go_off_the_budget():
    ChannelUse.objects.bulk_create(
        ChannelUse(channel="whatsapp", address=f"+62813{number}", used_at=NOW - timedelta(hours=1))
        for number in range(4)
    )
    enqueue(drafts(3, group="wave:9", until=NOW + timedelta(days=2)), now=NOW)
    seen = outlook(drafts(5), now=NOW, zone="WITA")
    assert [day["whatsapp"] for day in seen.days.values()] == [3, 2]


def test_each_region_has_its_own_hours_and_what_goes_by_hand_has_none():
    # 07.45 in Tabalong, 06.45 in Jambi.
    early = datetime(2026, 3, 2, 23, 45, tzinfo=UTC)
    of_both = [
        *drafts(1, since=early),
        *drafts(1, region=JAMBI, group="wave:2", since=early),
        *drafts(3, channel="manual"),
    ]
    seen = outlook(of_both, now=early, zone="WITA")
    assert seen.planned == 2
    assert clock.time_words(seen.first_at, "WITA") == "07.45 WITA"
    assert clock.time_words(seen.last_at, "WIB") == "07.30 WIB"


def test_as_many_queries_for_a_hundred_people_as_for_one(django_assert_num_queries):
    for count in (1, 100):
        with django_assert_num_queries(5):
            outlook(drafts(count), now=NOW, zone="WITA")
