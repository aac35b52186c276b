"""A change reaches people whose messages go on from channel to channel, or wait for somebody to carry them out."""

import pytest

from participants.corrections import impact
from participants.told import SCHEDULE_CHANGED
from rtportal.messaging.kinds import render
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW, publish
from tests.participants.announcements import deliver, invited, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions(MURUNG_PUDAK)
    return factories.wave()


def test_what_follows_a_failure_gets_the_limits_of_the_new_day_and_says_it(wave):
    invited(wave, 1)
    Message.objects.update(state="failed")
    publish(moved(wave))
    follower = Message.objects.get(state="task")
    assert (follower.channel, follower.expires_at) == ("manual", wave.starts_at)
    assert "15 April 2026" in render([follower])[follower.pk].text


def test_a_task_that_was_opened_is_corrected_and_one_that_was_not_says_the_new_date_itself(wave):
    wave.program.reach_chain = ["manual"]
    wave.program.save()
    opened, untouched = invited(wave, 2)
    Message.objects.filter(about_id=opened.pk).update(started_at=NOW, edition=wave.publication_id)
    publish(moved(wave))
    corrections = Message.objects.filter(kind=SCHEDULE_CHANGED)
    assert [(message.about_id, message.channel, message.state) for message in corrections] == [
        (opened.pk, "manual", "task")
    ]
    waiting_task = Message.objects.get(about_id=untouched.pk)
    assert "15 April 2026" in render([waiting_task])[waiting_task.pk].text
    assert impact(wave).told == impact(wave).queued == 1


def test_a_correction_that_fails_goes_on_over_the_next_link_with_the_newest(wave):
    invited(wave, 1)
    deliver()
    publish(moved(wave))
    Message.objects.filter(kind=SCHEDULE_CHANGED).update(state="failed")
    publish(moved(wave))
    follower = Message.objects.get(kind=SCHEDULE_CHANGED, state="task")
    assert follower.channel == "manual"
    text = render([follower])[follower.pk].text
    assert "22 April 2026" in text
    assert "15 April 2026" not in text
