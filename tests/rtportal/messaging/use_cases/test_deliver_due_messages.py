from datetime import timedelta

import pytest

from rtportal.messaging.leases import LEASE
from rtportal.messaging.models import DeliveryAttempt, InboxItem, Message
from rtportal.messaging.use_cases._closings import BACKOFF
from rtportal.messaging.use_cases.deliver_due_messages import BATCH, deliver_due_messages
from rtportal.messaging.use_cases.recover_leases import recover_leases
from tests.factories import NOW
from tests.infra.smtp import Answer
from tests.rtportal.messaging.letters import BROKEN, EDITION, NOT_NEEDED, queue, states, wakeups

pytestmark = pytest.mark.django_db


def outcomes(number: int) -> list[str]:
    return list(DeliveryAttempt.objects.filter(message__about_id=number).values_list("outcome", flat=True))


def test_due_messages_are_sent_and_leave_an_attempt(mail, clock):
    queue(1, 2)
    queue(3, due_at=NOW + timedelta(minutes=1))
    assert deliver_due_messages(now_fn=clock) == 2
    assert [received.recipients for received in mail.messages] == [["rt-1@rt.test"], ["rt-2@rt.test"]]
    assert mail.messages[0].subject == "Surat 1"
    assert mail.messages[0].text.strip() == "Isi surat nomor 1."
    message = Message.objects.get(about_id=1)
    assert (message.state, message.subject, message.closed_at, message.attempt_count) == ("accepted", "Surat 1", NOW, 1)
    assert message.reference == mail.messages[0].email["Message-ID"]
    assert DeliveryAttempt.objects.filter(message=message).values_list("number", "outcome", "detail").get() == (
        1,
        "accepted",
        "250 kept",
    )
    assert states()[3] == "queued"


def test_more_than_a_batch_is_sent_in_one_run(mail, clock):
    queue(*range(2 * BATCH + 1))
    assert deliver_due_messages(now_fn=clock) == 2 * BATCH + 1
    assert set(states().values()) == {"accepted"}


def test_an_expired_message_is_never_sent(mail, clock):
    queue(1, expires_at=NOW)
    queue(2, expires_at=NOW + timedelta(seconds=1))
    assert deliver_due_messages(now_fn=clock) == 1
    assert states() == {1: "expired", 2: "accepted"}
    assert "erlambat" in Message.objects.get(about_id=1).detail
    assert outcomes(1) == []


def test_a_message_that_expires_while_others_are_sent_is_not_sent(mail, clock):
    queue(1, 2, expires_at=NOW + timedelta(seconds=30))
    mail.answer = lambda received: clock.advance(40) or Answer.ACCEPT
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "accepted", 2: "expired"}
    assert len(mail.messages) == 1


def test_a_message_that_is_not_needed_any_more_is_cancelled(mail, clock):
    queue(NOT_NEEDED)
    deliver_due_messages(now_fn=clock)
    assert states() == {NOT_NEEDED: "withdrawn"}
    assert mail.messages == []


def test_what_was_sent_and_what_may_have_been_sent_keep_the_edition_they_told(mail, clock):
    queue(1, 2)
    mail.answer = lambda received: Answer.ACCEPT if received.recipients == ["rt-1@rt.test"] else Answer.DROP
    deliver_due_messages(now_fn=clock)
    assert list(Message.objects.order_by("about_id").values_list("state", "edition")) == [
        ("accepted", EDITION),
        ("unknown", EDITION),
    ]


def test_unknown_kinds_and_channels_fail_with_a_sentence(mail, clock):
    queue(1, kind="unheard-of")
    queue(2, channel="pigeon")
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "failed", 2: "failed"}
    assert outcomes(1) == outcomes(2) == ["permanent"]
    assert "pigeon" in Message.objects.get(about_id=2).detail


def test_what_cannot_be_written_is_tried_again_later(mail, clock):
    queue(BROKEN)
    deliver_due_messages(now_fn=clock)
    message = Message.objects.get()
    assert (message.state, message.attempt_count, message.due_at) == ("queued", 1, NOW + BACKOFF[0])
    assert outcomes(BROKEN) == ["temporary"]


def test_a_temporary_refusal_is_tried_again_with_growing_pauses_and_fails_at_last(mail, clock):
    queue(1)
    mail.answer = lambda received: Answer.LATER
    for pause in BACKOFF:
        assert deliver_due_messages(now_fn=clock) == 0
        assert Message.objects.get().due_at == clock() + pause
        assert deliver_due_messages(now_fn=clock) == 0
        clock.advance(pause.total_seconds())
    deliver_due_messages(now_fn=clock)
    message = Message.objects.get()
    assert (message.state, message.attempt_count) == ("failed", len(BACKOFF) + 1)
    assert "451" in message.detail
    assert outcomes(1) == ["temporary"] * (len(BACKOFF) + 1)


def test_a_message_accepted_at_the_second_try_is_sent_once(mail, clock):
    queue(1)
    mail.answer = lambda received: Answer.LATER
    deliver_due_messages(now_fn=clock)
    mail.answer = lambda received: Answer.ACCEPT
    clock.advance(60)
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "accepted"}
    assert outcomes(1) == ["temporary", "accepted"]
    assert Message.objects.get().detail == ""
    assert len(mail.messages) == 1


def test_a_refusal_for_good_fails_one_message_and_not_the_others(mail, clock):
    queue(1, 2, 3)
    mail.refused = {"rt-2@rt.test"}
    assert deliver_due_messages(now_fn=clock) == 2
    assert states() == {1: "accepted", 2: "failed", 3: "accepted"}
    assert "550" in Message.objects.get(about_id=2).detail
    assert outcomes(2) == ["permanent"]


def test_a_connection_lost_after_the_text_leaves_the_outcome_to_a_human(mail, clock):
    queue(1, 2, 3)
    mail.answer = lambda received: Answer.ACCEPT_THEN_DROP if "rt-2@rt.test" in received.recipients else Answer.ACCEPT
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "accepted", 2: "unknown", 3: "accepted"}
    assert outcomes(2) == ["unknown"]
    clock.advance(86_400)
    deliver_due_messages(now_fn=clock)
    recover_leases(now=clock())
    assert states()[2] == "unknown"
    assert len(mail.messages) == 3


def test_a_server_that_does_not_answer_the_text_leaves_the_outcome_to_a_human(mail, clock):
    queue(1)
    mail.answer = lambda received: Answer.HANG
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "unknown"}


def test_a_server_that_hangs_up_every_time_does_not_turn_the_whole_wave_unknown(mail, clock):
    queue(*range(20))
    mail.answer = lambda received: Answer.DROP
    deliver_due_messages(now_fn=clock)
    assert sorted(states().values()) == ["queued"] * 18 + ["unknown"] * 2
    mail.answer = lambda received: Answer.ACCEPT
    clock.advance(60)
    assert deliver_due_messages(now_fn=clock) == 18


def test_while_the_server_is_away_nothing_counts_as_an_attempt(mail, clock, settings, port):
    queue(1, 2)
    settings.EMAIL_PORT = port
    for _ in range(10):
        deliver_due_messages(now_fn=clock)
        clock.advance(60)
    assert states() == {1: "queued", 2: "queued"}
    assert set(Message.objects.values_list("attempt_count", "lease", "started_at")) == {(0, "", None)}
    assert "tidak dapat dihubungi" in Message.objects.first().detail
    assert not DeliveryAttempt.objects.exists()
    settings.EMAIL_PORT = mail.port
    assert deliver_due_messages(now_fn=clock) == 2


def test_a_channel_that_is_away_does_not_hold_back_another(mail, clock, settings, port):
    settings.EMAIL_PORT = port
    queue(*range(BATCH + 5))
    queue(1000, channel="inbox", due_at=NOW)
    deliver_due_messages(now_fn=clock)
    assert states()[1000] == "accepted"
    assert InboxItem.objects.get().subject == "Surat 1000"


def test_addresses_of_demo_people_are_never_sent_to(mail, clock):
    queue(1, address="rt001@contoh.invalid")
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "failed"}
    assert mail.messages == []


def test_a_worker_asked_to_end_stops_after_the_message_under_way_and_gives_the_rest_back(mail, clock):
    queue(*range(10))
    deliver_due_messages(now_fn=clock, should_stop=lambda: len(mail.messages) >= 3)
    assert len(mail.messages) == 3
    assert sorted(states().values()) == ["accepted"] * 3 + ["queued"] * 7
    assert deliver_due_messages(now_fn=clock) == 7


def test_a_worker_whose_lease_ran_out_leaves_the_rest_to_others(mail, clock):
    queue(1, 2, 3)

    def now_fn():
        if len(mail.messages) == 1 and clock() == NOW:
            # Between the server's answer and the worker's note of it, two minutes pass and the row is taken away.
            clock.advance(LEASE.total_seconds())
            recover_leases(now=clock())
        return clock()

    deliver_due_messages(now_fn=now_fn)
    assert outcomes(1) == ["unknown"]
    deliver_due_messages(now_fn=clock)
    assert states() == {1: "unknown", 2: "accepted", 3: "accepted"}
    assert sorted(received.subject for received in mail.messages) == ["Surat 1", "Surat 2", "Surat 3"]


def test_a_slow_server_does_not_cost_the_lease(mail, clock):
    queue(1, 2)
    seconds = iter([55, 100])
    seen = []

    def now_fn():
        if len(mail.messages) > len(seen):
            # The sweep for dead workers comes right after each slow send.
            seen.append(len(mail.messages))
            clock.advance(next(seconds))
            recover_leases(now=clock())
        return clock()

    assert deliver_due_messages(now_fn=now_fn) == 2
    assert states() == {1: "accepted", 2: "accepted"}


def test_after_a_minute_a_run_gives_back_what_it_has_not_begun(mail, clock):
    queue(*range(10))
    seen = []

    def now_fn():
        if len(mail.messages) > len(seen):
            seen.append(len(mail.messages))
            clock.advance(25)
        return clock()

    assert deliver_due_messages(now_fn=now_fn) == 3
    assert sorted(states().values()) == ["accepted"] * 3 + ["queued"] * 7
    assert deliver_due_messages(now_fn=now_fn) == 3
    assert len(mail.messages) == 6


@pytest.mark.django_db(transaction=True)
def test_a_full_batch_wakes_one_more_worker_and_a_small_one_nobody(mail, clock):
    queue(*range(BATCH - 1))
    deliver_due_messages(now_fn=clock)
    assert wakeups() == 1  # by enqueueing
    queue(*range(1000, 1000 + 3 * BATCH))
    deliver_due_messages(now_fn=clock)
    assert wakeups() == 3


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_over_wakes_its_successor_unless_the_worker_ends(mail, clock):
    queue(1, 2)
    mail.answer = lambda received: clock.advance(60) or Answer.ACCEPT
    deliver_due_messages(now_fn=clock)
    assert wakeups() == 2
    deliver_due_messages(now_fn=clock, should_stop=lambda: True)
    assert wakeups() == 2
