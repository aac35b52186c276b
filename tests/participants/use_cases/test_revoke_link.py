import pytest

from participants.models import Enrolment
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.reissue_link import reissue_link
from participants.use_cases.revoke_link import RevokeRefused, revoke_link
from rtportal.audit.models import AuditEvent
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.deliver_due_messages import deliver_due_messages
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    factories.regions(MURUNG_PUDAK)
    return factories.user()


@pytest.fixture
def enrolment(official):
    factories.head(email="ahmad@rt.test")
    wave = factories.publish(factories.wave())
    invite_participants(wave_id=wave.pk, by=official, now=NOW)
    return Enrolment.objects.select_related("head__rt", "wave").get()


def test_link_and_code_say_whom_to_ask_and_the_answer_stays(official, enrolment, client):
    Enrolment.objects.update(answer="confirmed", answered_at=NOW)
    revoke_link(enrolment=enrolment, by=official, now=NOW)
    assert client.get(factories.personal_path(enrolment)).status_code == 410
    led = client.post("/k/", {"kode": enrolment.short_code}, follow=True)
    assert led.status_code == 410
    assert "mencabut" in led.content.decode()
    assert Enrolment.objects.get().answer == "confirmed"
    assert AuditEvent.objects.get(action="link.revoked").subject == enrolment.wave.group


def test_a_message_that_waits_does_not_carry_a_dead_link(official, enrolment):
    revoke_link(enrolment=enrolment, by=official, now=NOW)
    deliver_due_messages(now_fn=lambda: NOW)
    assert Message.objects.get().state not in {"queued", "accepted", "sending"}


def test_it_can_be_revoked_once_and_replaced_afterwards(official, enrolment, client):
    revoke_link(enrolment=enrolment, by=official, now=NOW)
    with pytest.raises(RevokeRefused, match="baru saja dicabut"):
        revoke_link(enrolment=enrolment, by=official, now=NOW)
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    assert client.get(factories.personal_path(Enrolment.objects.get())).status_code == 200


def test_a_link_replaced_meanwhile_is_not_revoked_by_mistake(official, enrolment):
    seen = Enrolment.objects.select_related("head__rt", "wave").get()
    reissue_link(enrolment=enrolment, by=official, now=NOW)
    with pytest.raises(RevokeRefused):
        revoke_link(enrolment=seen, by=official, now=NOW)
    assert Enrolment.objects.get().link_revoked_at is None
