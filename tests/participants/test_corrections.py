import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.corrections import correct_told, impact
from participants.models import Enrolment
from participants.publishing import facts_of
from participants.told import SCHEDULE_CHANGED, WAVE_CANCELLED
from rtportal.messaging import leases
from rtportal.messaging.kinds import render
from rtportal.messaging.models import Message
from tests import factories
from tests.factories import JARO, MURUNG_PUDAK, NOW, publish
from tests.participants.announcements import A_WEEK, deliver, inbox, invited, moved, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    factories.regions(MURUNG_PUDAK, JARO)
    return factories.wave(venue=factories.venue(name="Aula Pendopo"))


def cancel(wave):
    wave.cancelled_at = NOW
    wave.cancel_reason = "Banjir"
    wave.save()
    return correct_told(Enrolment.objects.filter(wave=wave), now=NOW)


def test_whoever_was_told_gets_one_correction_and_it_says_how_it_was_and_is(wave):
    people = invited(wave)
    deliver()
    publish(moved(wave))
    assert [message.kind for message in waiting()] == [SCHEDULE_CHANGED] * 3
    deliver()
    for person in people:
        _, correction = inbox(person)
        assert correction.subject.startswith("Perubahan jadwal: ")
        assert "Semula:\nWaktu: Rabu, 8 April 2026, 08.00–15.00 WITA\n\nSekarang:" in correction.body
        assert "Sekarang:\nWaktu: Rabu, 15 April 2026, 08.00–15.00 WITA\nTempat: Aula Pendopo\n" in correction.body
        assert "Mohon jawab Hadir" in correction.body
        assert "\n\n\n" not in correction.body
    assert set(Message.objects.filter(kind=SCHEDULE_CHANGED).values_list("edition", flat=True)) == {wave.publication_id}


def test_an_invitation_still_waiting_says_the_new_date_and_needs_no_correction(wave):
    (person,) = invited(wave, 1)
    publish(moved(wave))
    (message,) = waiting()
    assert message.expires_at == wave.starts_at
    deliver()
    (received,) = inbox(person)
    assert "15 April 2026" in received.body


def test_two_changes_before_delivery_are_one_correction_that_says_the_second(wave):
    (person,) = invited(wave, 1)
    deliver()
    publish(moved(wave))
    publish(moved(wave))
    deliver()
    _, correction = inbox(person)
    assert "8 April 2026" in correction.body
    assert "22 April 2026" in correction.body
    assert "15 April 2026" not in correction.body


def test_a_change_taken_back_before_delivery_is_told_to_nobody(wave):
    (person,) = invited(wave, 1)
    deliver()
    publish(moved(wave))
    publish(moved(wave, -A_WEEK))
    deliver()
    assert len(inbox(person)) == 1
    assert Message.objects.get(kind=SCHEDULE_CHANGED).state == "withdrawn"
    publish(moved(wave))
    deliver()
    assert len(inbox(person)) == 2


def test_a_title_or_a_speaker_is_no_reason_to_write_to_everybody_but_hours_and_rooms_are(wave):
    session = factories.session(wave=wave, title="Pencegahan narkoba")
    publish(wave)
    (person,) = invited(wave, 1)
    deliver()
    session.title = "Bahaya narkoba"
    session.save()
    publish(wave)
    assert waiting() == []
    session.room = "Ruang B"
    session.save()
    publish(wave)
    deliver()
    _, correction = inbox(person)
    assert "Semula" not in correction.body
    line = "- Bahaya narkoba: tempatnya ruang utama menjadi Ruang B\n"
    assert f"Perubahan susunan acara:\n{line}" in correction.body


def test_an_answer_given_stands_and_the_correction_says_so(wave):
    (person,) = invited(wave, 1)
    deliver()
    Enrolment.objects.update(answer="confirmed", answered_at=NOW)
    publish(moved(wave))
    deliver()
    assert "Jawaban Bapak/Ibu (Hadir) tetap kami catat." in inbox(person)[1].body


def test_what_may_have_been_told_counts_as_told(wave):
    invited(wave, 1)
    deliver()
    Message.objects.update(state="unknown")
    publish(moved(wave))
    assert len(waiting(SCHEDULE_CHANGED)) == 1


@pytest.mark.parametrize("state", ["failed", "withdrawn"])
def test_whoever_was_never_told_gets_no_correction(wave, state):
    invited(wave, 1)
    Message.objects.update(state=state, edition=None)
    Enrolment.objects.update(link_revoked_at=NOW if state == "withdrawn" else None)
    publish(moved(wave))
    assert waiting() == []


def test_an_invitation_that_expired_is_written_anew_when_the_wave_is_ahead_again(wave):
    (person,) = invited(wave, 1)
    late = wave.starts_at
    deliver(late)
    assert Message.objects.get().state == "expired"
    publish(moved(wave), now=late)
    deliver(late)
    (received,) = inbox(person)
    assert "15 April 2026" in received.body


def test_a_message_in_a_workers_hands_is_followed_by_a_correction_if_it_said_the_former_date(wave):
    (person,) = invited(wave, 1)
    lease = leases.claim(now=NOW, size=10)
    (former,) = render(lease.messages).values()
    publish(moved(wave))
    (correction,) = waiting(SCHEDULE_CHANGED)
    # While nobody knows what is being said, the correction waits.
    deliver()
    correction.refresh_from_db()
    assert (correction.state, correction.attempt_count) == ("queued", 1)
    (message,) = lease.messages
    leases.turn(lease, start=message, edition=former.edition, now=NOW)
    close = leases.Closing(message=message, state=Message.State.ACCEPTED, at=NOW, outcome=None)
    leases.turn(lease, close=close, now=NOW)
    deliver(correction.due_at)
    assert "15 April 2026" in inbox(person)[-1].body


def test_a_message_that_went_back_to_the_queue_says_the_new_date_and_the_correction_is_left_out(wave):
    (person,) = invited(wave, 1)
    lease = leases.claim(now=NOW, size=10)
    publish(moved(wave))
    leases.release(lease, lease.messages)
    deliver()
    deliver(NOW + A_WEEK)
    (received,) = inbox(person)
    assert "15 April 2026" in received.body
    assert Message.objects.get(kind=SCHEDULE_CHANGED).state == "withdrawn"


def test_a_correction_goes_the_way_of_the_invitation_to_the_address_that_holds_now(wave, settings):
    (person,) = invited(wave, 1)
    deliver()
    settings.MESSAGE_CHANNELS = ["letter"]
    person.head.email = "baru@rt.test"
    person.head.save()
    publish(moved(wave))
    assert [(message.channel, message.address) for message in waiting()] == [("inbox", "baru@rt.test")]


def test_somebody_who_left_the_list_or_continued_elsewhere_is_not_written_to(wave):
    one, two = invited(wave, 2)
    deliver()
    Enrolment.objects.filter(pk=one.pk).update(link_revoked_at=NOW)
    Enrolment.objects.filter(pk=two.pk).update(superseded_at=NOW)
    publish(moved(wave))
    assert waiting() == []


def test_a_wave_that_is_over_is_corrected_for_nobody(wave):
    invited(wave, 1)
    deliver()
    factories.session(wave=wave)
    publish(wave, now=wave.ends_at)
    assert waiting() == []


def test_moving_somebody_to_another_wave_tells_the_wave_and_asks_anew(wave):
    (person,) = invited(wave, 1)
    deliver()
    other = factories.wave(program=wave.program, number=2, on=factories.WAVE_DAY + A_WEEK, areas=(JARO,))
    Enrolment.objects.update(wave=other)
    assert correct_told(Enrolment.objects.filter(pk=person.pk), now=NOW) == 1
    deliver()
    correction = inbox(person)[1]
    assert "Bapak/Ibu pindah dari Gelombang 1 ke Gelombang 2." in correction.body
    assert correction.message.group == other.group


def test_cancelling_tells_everybody_told_once_and_calls_off_what_waits(wave):
    told, queued = invited(wave, 2)
    Message.objects.filter(about_id=queued.pk).update(due_at=NOW + A_WEEK)
    deliver()
    assert cancel(wave) == 1
    assert cancel(wave) == 0
    deliver(NOW + A_WEEK)
    _, notice = inbox(told)
    assert notice.subject.startswith("Dibatalkan: ")
    assert "Waktu: Rabu, 8 April 2026, 08.00–15.00 WITA\nTempat: Aula Pendopo\n" in notice.body
    assert "Alasan: Banjir\n\nBapak/Ibu tidak perlu datang." in notice.body
    assert "\n\n\n" not in notice.body
    assert inbox(queued) == []


def test_a_correction_that_waits_becomes_the_notice_of_cancellation(wave):
    (person,) = invited(wave, 1)
    deliver()
    publish(moved(wave))
    cancel(wave)
    assert [message.kind for message in waiting()] == [WAVE_CANCELLED]
    deliver()
    assert "8 April 2026" in inbox(person)[1].body


def test_a_cancellation_that_waits_becomes_a_correction_for_whom_another_wave_takes(wave):
    one, two = invited(wave, 2)
    deliver()
    cancel(wave)
    deliver_only = waiting()[0]
    Message.objects.exclude(pk=deliver_only.pk).filter(state="queued").update(due_at=NOW + A_WEEK)
    deliver()
    other = factories.wave(program=wave.program, number=2, on=factories.WAVE_DAY + A_WEEK, areas=(JARO,))
    Enrolment.objects.update(wave=other)
    correct_told(Enrolment.objects.filter(wave=other), now=NOW)
    deliver(NOW + A_WEEK)
    assert [item.message.kind for item in inbox(one)] == ["invitation", WAVE_CANCELLED, SCHEDULE_CHANGED]
    assert "Pembatalan yang kami sampaikan sebelumnya tidak berlaku lagi" in inbox(one)[2].body
    assert [item.message.kind for item in inbox(two)] == ["invitation", SCHEDULE_CHANGED]


def test_the_impact_says_who_was_told_what(wave):
    people = invited(wave, 5)
    Message.objects.filter(about_id=people[3].pk).update(due_at=NOW + A_WEEK)
    Message.objects.filter(about_id=people[4].pk).update(state="failed", passed_on_at=NOW)
    deliver()
    Enrolment.objects.filter(pk=people[0].pk).update(answer="confirmed", answered_at=NOW)
    found = impact(wave)
    assert [(reach.label, reach.told, reach.confirmed) for reach in found.reaches] == [("Kotak masuk percobaan", 3, 1)]
    assert (found.told, found.confirmed, found.queued, found.untold, found.due) == (3, 1, 1, 1, 0)
    assert found.named == [people[4]]
    assert impact(wave, facts_of(moved(wave))).due == 3


def test_many_people_cost_no_more_queries_than_few(wave):
    counts = []
    for number, (district, people) in enumerate([(MURUNG_PUDAK, 1), (JARO, 12)], start=2):
        other = factories.wave(program=factories.program(), number=number, areas=(district,))
        invited(other, people, district=district)
        deliver()
        moved(other)
        with CaptureQueriesContext(connection) as queries:
            publish(other)
            assert impact(other).told == people
        counts.append(len(queries))
        corrections = waiting(SCHEDULE_CHANGED)
        assert len(corrections) == people
        with CaptureQueriesContext(connection) as queries:
            render(corrections)
        counts.append(len(queries))
        deliver()
    assert counts[:2] == counts[2:]
    assert counts[1] == 5
