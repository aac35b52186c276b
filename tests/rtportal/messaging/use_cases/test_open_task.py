"""Taking numbers from the work queue: never two operators the same, and never twice."""

from datetime import timedelta

import pytest

from rtportal.lib.errors import InputError
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.open_task import open_task
from rtportal.messaging.use_cases.skip_tasks import skip_tasks
from rtportal.messaging.use_cases.take_over_task import take_over_task
from tests import factories
from tests.factories import JAMBI, NOW, TABALONG
from tests.rtportal.messaging.by_hand_queue import DESA, task
from tests.rtportal.messaging.letters import EDITION, NOT_NEEDED, TOO_EARLY, queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    factories.regions()
    return factories.user(role="district_operator", region=f"{TABALONG}.06")


def opened(by, **fields) -> list[int]:
    found = open_task(**({"region_code": DESA, "by": by, "now": NOW} | fields))
    return [message.about_id for message in found.messages] if found else []


def test_opening_makes_the_text_and_keeps_who_opened_which_edition_when(operator):
    message = task(1)
    found = open_task(region_code=DESA, by=operator, now=NOW)
    assert found.texts == ["Isi surat nomor 1.\n"]
    assert found.address == "+6281200000001"
    message.refresh_from_db()
    assert (message.state, message.started_at, message.started_by, message.edition) == ("task", NOW, operator, EDITION)
    assert message.subject == "Surat 1"


def test_two_operators_never_get_the_same_message(operator):
    colleague = factories.user(role="village_operator", region=DESA)
    task(1), task(2)
    assert opened(operator) == [1]
    assert opened(colleague) == [2]
    # Who comes back finds the own one again, and nothing is left for a third.
    assert opened(operator) == [1]
    assert opened(factories.user()) == []


def test_heads_who_share_a_telephone_are_one_task(operator):
    task(1, "+6281211112222"), task(2), task(3, "+6281211112222")
    assert opened(operator) == [1, 3]


def test_a_shared_telephone_in_a_place_of_somebody_else_stays_theirs(operator):
    village = factories.user(role="village_operator", region=DESA)
    task(1, "+6281211112222"), task(2, "+6281211112222", region_code=f"{TABALONG}.06.2008")
    assert opened(village) == [1]


def test_what_needs_no_sending_any_more_is_closed_on_the_way(operator):
    task(NOT_NEEDED), task(3, expires_at=NOW), task(4)
    assert opened(operator) == [4]
    states = dict(Message.objects.values_list("about_id", "state"))
    assert states == {NOT_NEEDED: "withdrawn", 3: "expired", 4: "task"}


def test_what_cannot_be_written_yet_stays_in_the_queue_unopened(operator):
    message = task(TOO_EARLY)
    assert opened(operator) == []
    message.refresh_from_db()
    assert (message.state, message.started_at, message.started_by) == ("task", None, None)
    assert message.detail == "Belum waktunya."


def test_messages_of_other_regions_and_channels_are_not_offered(operator):
    task(1, region_code=f"{JAMBI}.01.1001")
    queue(2, channel="letter", address="Desa Kapar")
    assert opened(operator, region_code=f"{JAMBI}.01.1001") == []
    assert opened(operator) == []


def test_a_viewer_gets_nothing(operator):
    task(1)
    assert opened(factories.user(role="viewer")) == []


def test_what_was_skipped_comes_last_and_is_written_anew(operator):
    first = task(1)
    task(2)
    opened(operator)
    assert skip_tasks(messages=[first], by=operator, now=NOW + timedelta(minutes=1)) == 1
    first.refresh_from_db()
    assert (first.started_at, first.started_by, first.edition) == (None, None, None)
    assert opened(operator) == [2]


def test_nobody_skips_what_a_colleague_has_open(operator):
    message = task(1)
    opened(operator)
    assert skip_tasks(messages=[message], by=factories.user(), now=NOW) == 0


def test_a_task_opened_before_keeps_its_edition_when_it_is_opened_again(operator):
    message = task(1)
    opened(operator)
    Message.objects.update(edition=3)
    assert opened(operator) == [1]
    message.refresh_from_db()
    assert message.edition == 3


def test_a_colleague_takes_over_what_nobody_marked(operator):
    task(1, "+6281211112222"), task(2, "+6281211112222")
    opened(operator)
    colleague = factories.user()
    left = Message.objects.select_related("started_by").get(about_id=1)
    take_over_task(message=left, by=colleague, now=NOW)
    assert opened(colleague) == [1, 2]
    assert opened(operator) == []
    with pytest.raises(InputError):
        take_over_task(message=left, by=operator, now=NOW)
