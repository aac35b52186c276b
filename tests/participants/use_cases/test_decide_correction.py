from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from participants.models import DataCorrection, RTHead
from participants.use_cases.decide_correction import AlreadyDecided, decide_correction
from participants.use_cases.invite_participants import invite_participants
from participants.use_cases.request_correction import CorrectionRefused, request_correction
from rtportal.audit.models import AuditEvent
from rtportal.messaging import leases
from rtportal.messaging.models import Message
from rtportal.messaging.use_cases.pass_on_failures import pass_on_failures
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW
from tests.participants.substitutes import BUDI, name_substitute

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)
NEW = "+6281311112222"


def world(*, chain=("inbox", "manual"), **typed):
    """An invited head who asked for something, and an operator."""
    factories.regions(MURUNG_PUDAK)
    head = factories.head(email="ahmad@rt.test", gelar_depan="H.")
    wave = factories.wave(program=factories.program(reach_chain=list(chain)))
    official = factories.user()
    invite_participants(wave_id=wave.pk, by=official, now=NOW)
    same = {"name": head.full_name, "phone": "0812-3456-7890", "email": head.email, "note": ""}
    asked = typed or {"phone": "0813-1111-2222"}
    enrolment = wave.enrolments.get()
    return request_correction(enrolment=enrolment, now=NOW, **same | asked), official


def decide(correction, official, *, is_accepted=True, note="", now=LATER):
    return decide_correction(correction=correction, is_accepted=is_accepted, note=note, by=official, now=now)


def test_an_accepted_wish_is_written_with_titles_apart():
    correction, official = world(name="Drs. Ahmad Fauzan, M.Pd.", phone="0813-1111-2222", email="baru@rt.test")
    decided = decide(correction, official)
    head = RTHead.objects.get()
    assert (head.gelar_depan, head.name, head.gelar_belakang) == ("Drs.", "Ahmad Fauzan", "M.Pd.")
    assert (head.phone, head.email) == (NEW, "baru@rt.test")
    assert (decided.state, decided.decided_by, decided.decided_at) == ("accepted", official, LATER)


def test_the_history_has_before_and_after_with_the_number_masked():
    correction, official = world()
    decide(correction, official, note="Sudah dicek")
    event = AuditEvent.objects.get(action="correction.accepted")
    assert "nomor HP dari 0812-••••-7890 menjadi 0813-••••-2222. Keterangan: Sudah dicek" in event.sentence
    assert event.data["before"] == {"phone": "0812-••••-7890"}
    assert event.data["after"] == {"phone": "0813-••••-2222"}


def test_who_turns_out_to_stand_in_for_another_head_of_the_wave_does_so_no_more():
    correction, official = world()
    other = factories.head(number="002", name="Siti Rahmah", phone="+6281300000002")
    represented = factories.enrolment(wave=correction.enrolment.wave, head=other)
    # The same man, on the number that the roster did not know yet.
    represented = name_substitute(represented, BUDI | {"substitute_name": "Ahmad Fauzi", "substitute_phone": NEW})
    assert represented.answer == "represented"
    decide(correction, official)
    represented.refresh_from_db()
    assert (represented.answer, represented.substitute_state) == ("", "refused")


def test_a_refusal_needs_a_reason_and_writes_nothing_to_the_head():
    correction, official = world()
    for note in ("", "  ", "-", "x" * 301):
        with pytest.raises(CorrectionRefused):
            decide(correction, official, is_accepted=False, note=note)
    decided = decide(correction, official, is_accepted=False, note="Nomor itu milik orang lain")
    assert (decided.state, decided.decision_note) == ("refused", "Nomor itu milik orang lain")
    assert RTHead.objects.get().phone == "+6281234567890"
    assert Message.objects.get().address == "ahmad@rt.test"


def test_the_second_decision_reads_who_was_faster():
    correction, official = world()
    other = factories.user(name="Budi Operator")
    decide(correction, other)
    with pytest.raises(AlreadyDecided) as late:
        decide(correction, official, is_accepted=False, note="Tidak benar")
    assert late.value.sentence.startswith("Permintaan ini sudah diterima oleh Budi Operator pada Senin, 2 Maret 2026")
    assert RTHead.objects.get().phone == NEW
    assert AuditEvent.objects.filter(action__startswith="correction.", actor=official).count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_at_once_one_wins():
    correction, official = world()

    def act(is_accepted: bool) -> str:
        try:
            return decide(correction, official, is_accepted=is_accepted, note="alasan").state
        except AlreadyDecided:
            return "late"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = set(pool.map(act, (True, False)))
    correction.refresh_from_db()
    assert outcomes == {correction.state, "late"}
    assert (RTHead.objects.get().phone == NEW) == (correction.state == DataCorrection.State.ACCEPTED)


def test_a_new_wish_may_come_after_the_decision():
    correction, official = world()
    decide(correction, official)
    head = RTHead.objects.get()
    again = {"name": head.full_name, "phone": "0813-1111-2222", "email": head.email, "note": "RT salah"}
    request_correction(enrolment=correction.enrolment, now=LATER, **again)
    assert DataCorrection.objects.waiting().count() == 1


def test_a_message_not_sent_yet_goes_to_the_new_number_and_name():
    correction, official = world(chain=("manual", "inbox"), name="H. Ahmad Fauzan", phone="0813-1111-2222")
    assert Message.objects.get().address == "+6281234567890"
    decide(correction, official)
    message = Message.objects.get()
    assert (message.address, message.recipient_name) == (NEW, "H. Ahmad Fauzan")


def test_the_next_link_of_a_message_already_sent_leads_to_the_new_number():
    correction, official = world()
    Message.objects.update(state="accepted", closed_at=NOW)
    decide(correction, official)
    message = Message.objects.get()
    assert message.address == "ahmad@rt.test"
    assert ["manual", NEW] in message.route
    Message.objects.update(state="failed")
    pass_on_failures(now=LATER)
    assert Message.objects.latest("pk").address == NEW


def test_what_somebody_has_open_or_a_worker_holds_stays_as_it_is():
    correction, official = world(chain=("manual",))
    Message.objects.update(started_at=NOW)
    decide(correction, official)
    assert Message.objects.get().address == "+6281234567890"


def test_what_a_worker_holds_keeps_its_address_and_gets_the_new_next_link():
    correction, official = world(email="lain@rt.test", phone="0813-1111-2222")
    leases.claim(now=NOW, size=10)
    decide(correction, official)
    message = Message.objects.get()
    assert message.address == "ahmad@rt.test"
    assert ["manual", NEW] in message.route


def test_a_message_to_an_email_that_was_taken_away_goes_on_over_the_telephone():
    correction, official = world(email="")
    decide(correction, official)
    assert Message.objects.get().state == Message.State.FAILED
    pass_on_failures(now=LATER)
    latest = Message.objects.latest("pk")
    assert (latest.channel, latest.address) == ("manual", "+6281234567890")


def test_messages_to_others_about_the_same_number_of_something_stay():
    correction, official = world(chain=("manual",))
    Message.objects.update(kind="operator_unanswered")
    decide(correction, official)
    assert Message.objects.get().address == "+6281234567890"
