from datetime import timedelta

import pytest

from participants.models import Answer
from participants.rules import AnswerRefused
from participants.use_cases.record_answer_for import record_answer_for
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(db):
    factories.regions(MURUNG_PUDAK)
    return factories.enrolment(wave=factories.wave())


@pytest.fixture
def operator(enrolment):
    return factories.user(role="village_operator", region=enrolment.village_id)


def test_who_wrote_it_down_and_how_it_came_in_is_kept(enrolment, operator):
    record_answer_for(enrolment=enrolment, kind="declined", reason="Sakit", channel="phone", by=operator, now=NOW)
    enrolment.refresh_from_db()
    assert (enrolment.answer, enrolment.reason) == ("declined", "Sakit")
    answer = enrolment.answers.get()
    assert (answer.channel, answer.actor, answer.at) == ("phone", operator, NOW)
    line = AuditEvent.objects.get()
    assert line.sentence == "Jawaban Ahmad Fauzi (RT 001) dicatat: Berhalangan, lewat telepon."
    assert (line.actor, line.region_code, line.subject) == (operator, enrolment.village_id, enrolment.wave.group)


def test_people_call_late_so_it_is_possible_until_the_wave_ends(enrolment, operator):
    ends_at = enrolment.wave.ends_at
    fields = {"enrolment": enrolment, "kind": "confirmed", "channel": "whatsapp", "by": operator}
    record_answer_for(now=ends_at - timedelta(seconds=1), **fields)
    with pytest.raises(AnswerRefused, match="sudah selesai"):
        record_answer_for(now=ends_at, **fields)
    assert Answer.objects.count() == AuditEvent.objects.count() == 1


@pytest.mark.parametrize("channel", ["link", "", "merpati"])
def test_nobody_can_record_an_answer_as_if_it_came_through_the_link(enrolment, operator, channel):
    with pytest.raises(AnswerRefused, match="Pilih bagaimana"):
        record_answer_for(enrolment=enrolment, kind="confirmed", channel=channel, by=operator, now=NOW)
    assert not Answer.objects.exists()


def test_a_faulty_answer_leaves_no_audit_line(enrolment, operator):
    with pytest.raises(AnswerRefused):
        record_answer_for(enrolment=enrolment, kind="declined", channel="phone", by=operator, now=NOW)
    assert not AuditEvent.objects.exists()
