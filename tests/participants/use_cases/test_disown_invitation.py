from datetime import timedelta

import pytest

from participants.models import Enrolment
from participants.queries.enrolment_page import enrolments_with_wave
from participants.use_cases.disown_invitation import LONGEST_WORDS, disown_invitation
from participants.use_cases.invite_participants import invite_participants
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message, Reply
from rtportal.messaging.replies import people
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    factories.regions(MURUNG_PUDAK)
    factories.head(email="ahmad@rt.test")
    wave = factories.publish(factories.wave())
    invite_participants(wave_id=wave.pk, by=factories.user(), now=NOW)
    return enrolments_with_wave().get()


def test_it_waits_among_the_replies_of_the_region_with_the_message_it_is_about(enrolment):
    disown_invitation(enrolment=enrolment, words=" Saya \x00 \ud800 Siti\n", now=NOW)
    reply = Reply.objects.get()
    assert (reply.state, reply.region_code, reply.message) == ("new", enrolment.village_id, Message.objects.get())
    [person] = people(reply.channel, reply.address, reply.message, user=factories.user(role="admin"))
    assert person.page == f"/peserta/{enrolment.pk}/"
    assert reply.text == "Bukan saya (Ahmad Fauzi, Ketua RT 001). Saya ? Siti"
    assert AuditEvent.objects.get(action="link.disowned").subject == enrolment.wave.group
    assert Enrolment.objects.get().answer == ""


def test_the_same_link_is_told_once_a_day(enrolment):
    for hours in (0, 1, 2, 30):
        disown_invitation(enrolment=enrolment, words=f"{hours}", now=NOW + timedelta(hours=hours))
    assert Reply.objects.count() == 2
    assert AuditEvent.objects.filter(action="link.disowned").count() == 2


def test_an_endless_message_is_cut(enrolment):
    disown_invitation(enrolment=enrolment, words="x" * 100_000, now=NOW)
    assert len(Reply.objects.get().text) < LONGEST_WORDS + 200


def test_without_any_message_it_reaches_the_office_too(enrolment):
    Message.objects.all().delete()
    disown_invitation(enrolment=enrolment, words="", now=NOW)
    assert Reply.objects.get().address == "pembuka tautan Ahmad Fauzi"
