"""What stays on the rows of letters that were printed."""

from datetime import timedelta

import pytest

from rtportal.messaging.kinds import Content, Unfit
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.mark_printed import mark_printed
from tests import factories
from tests.factories import NOW, TABALONG
from tests.rtportal.messaging.letters import queue

pytestmark = pytest.mark.django_db
State = Message.State
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def letters():
    factories.regions()
    return queue(1, 2, 3, route=(("letter", "RT 001, Desa Kapar"),), region_code=TABALONG)


def mark(printed=(), unfit=None, now=NOW):
    words = Content("Undangan", "Isi", edition=7)
    return mark_printed(printed={one.pk: words for one in printed}, unfit=unfit or {}, now=now)


def test_a_printed_letter_says_since_when_and_what_it_tells(letters):
    assert mark(letters[:2]) == []
    rows = Message.objects.order_by("pk").values_list("state", "started_at", "edition", "subject")
    assert list(rows)[:2] == [("task", NOW, 7, "Undangan")] * 2
    assert rows[2][1] is None


def test_printing_again_keeps_the_first_time(letters):
    mark(letters)
    mark(letters, now=LATER)
    assert set(Message.objects.values_list("started_at", flat=True)) == {NOW}


@pytest.mark.parametrize(
    ("state", "failure"), [(State.WITHDRAWN, ""), (State.EXPIRED, ""), (State.FAILED, Message.Failure.CONTENT)]
)
def test_who_needs_no_letter_any_more_is_closed_with_the_reason(letters, state, failure):
    mark(unfit={letters[0].pk: Unfit(state, "Sebabnya.")})
    row = Message.objects.get(pk=letters[0].pk)
    assert (row.state, row.failure, row.detail, row.closed_at) == (state, failure, "Sebabnya.", NOW)


def test_what_only_has_to_wait_stays_to_print(letters):
    mark(unfit={letters[0].pk: Unfit(State.QUEUED, "Menunggu.")})
    assert Message.objects.get(pk=letters[0].pk).is_waiting


def test_a_letter_that_is_on_paper_is_not_closed(letters):
    mark(letters)
    mark(unfit={letters[0].pk: Unfit(State.WITHDRAWN, "Sebabnya.")})
    assert Message.objects.get(pk=letters[0].pk).state == State.TASK


def test_one_that_was_closed_meanwhile_is_returned_and_stays_closed(letters):
    Message.objects.filter(pk=letters[1].pk).update(state=State.WITHDRAWN)
    assert mark(letters) == [letters[1]]
    row = Message.objects.get(pk=letters[1].pk)
    assert (row.state, row.started_at) == (State.WITHDRAWN, NOW)
