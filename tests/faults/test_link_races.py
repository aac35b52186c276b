"""A new personal link while the wave of its owner moves: neither waits for the other in a circle."""

from datetime import timedelta
from time import sleep

import pytest

from participants.models import Enrolment
from participants.schedule_change import Acceptance
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.reissue_link import reissue_link
from programs.models import Wave
from programs.use_cases.reschedule_wave import NeedsAcceptance, reschedule_wave
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import NOW
from tests.infra.together import together

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROUNDS, PAUSE = 12, 0.005


@pytest.fixture(autouse=True)
def _regions():
    factories.regions()


def test_a_new_link_and_a_new_date_at_once_both_come_about():
    official = factories.user()
    factories.heads(30, district=factories.JARO)
    for number in range(ROUNDS):
        wave = factories.wave(areas=[factories.JARO])
        invite_participants(wave_id=wave.pk, by=official, now=NOW)
        change = {
            "wave": wave,
            "version": Wave.objects.get(pk=wave.pk).version,
            "number": wave.number,
            "venue": wave.venue,
            "starts_at": wave.starts_at + timedelta(days=7),
            "ends_at": wave.ends_at + timedelta(days=7),
            "areas": [factories.JARO],
            "actor": official,
            "now": NOW,
        }
        with pytest.raises(NeedsAcceptance) as asked:
            reschedule_wave(**change)
        preview = asked.value.preview
        seen = Acceptance(preview.token, frozenset(clash.key for clash in preview.warnings))
        who = Enrolment.objects.select_related("head__rt", "wave").filter(wave=wave).last()
        answers = together(
            lambda change=change, seen=seen: reschedule_wave(**change, acceptance=seen),
            # A little later each time: somewhere between the other's first and last step.
            lambda who=who, number=number: sleep(number * PAUSE) or reissue_link(enrolment=who, by=official, now=NOW),
        )
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        waiting = Message.objects.queued().filter(about_id=who.pk).values_list("expires_at", flat=True)
        assert list(waiting) == [change["starts_at"]]
