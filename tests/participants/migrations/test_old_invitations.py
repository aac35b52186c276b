from importlib import import_module

import pytest
from django.apps import apps

from rtportal.messaging.models import Message
from tests import factories
from tests.participants.announcements import deliver, invited, moved, waiting

pytestmark = pytest.mark.django_db


def test_an_invitation_sent_before_there_were_editions_told_the_first_publication():
    factories.regions(factories.MURUNG_PUDAK)
    wave = factories.wave()
    invited(wave, 2)
    Message.objects.filter(pk=waiting()[0].pk).update(state="failed", passed_on_at=factories.NOW)
    deliver()
    Message.objects.update(edition=None)
    import_module("participants.migrations.0004_say_what_old_invitations_told").number(apps, None)
    told = dict(Message.objects.values_list("state", "edition"))
    assert told == {"accepted": wave.publication_id, "failed": None}
    factories.publish(wave)
    assert waiting() == []
    factories.publish(moved(wave))
    assert len(waiting()) == 1
