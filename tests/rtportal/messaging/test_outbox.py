import threading

import pytest
from django.db import connection, transaction

from rtportal.messaging.models import Message
from rtportal.messaging.outbox import enqueue
from tests.factories import NOW
from tests.rtportal.messaging.letters import draft, wakeups


@pytest.mark.django_db
def test_enqueueing_tells_how_many_are_new():
    assert enqueue([draft(1), draft(2)], now=NOW) == 2
    assert enqueue([draft(2), draft(3)], now=NOW) == 1
    assert Message.objects.count() == 3


@pytest.mark.django_db
def test_the_same_key_twice_in_one_call_is_one_message():
    assert enqueue([draft(1), draft(1, recipient_name="Orang lain")], now=NOW) == 1
    assert Message.objects.get().recipient_name == "Ketua RT 1"


@pytest.mark.django_db
def test_a_known_key_leaves_the_message_as_it_is():
    enqueue([draft(1)], now=NOW)
    Message.objects.update(state="accepted")
    assert enqueue([draft(1, address="baru@rt.test")], now=NOW) == 0
    assert Message.objects.values_list("state", "address").get() == ("accepted", "rt-1@rt.test")


@pytest.mark.django_db
def test_a_large_wave_is_counted_exactly():
    enqueue([draft(number) for number in range(0, 951, 3)], now=NOW)
    assert enqueue([draft(number) for number in range(951)], now=NOW) == 951 - 317


@pytest.mark.django_db
def test_nothing_to_say_writes_nothing():
    assert enqueue([], now=NOW) == 0


@pytest.mark.django_db
def test_a_draft_is_tried_over_its_first_link_and_keeps_the_others():
    enqueue([draft(1, route=(("email", "a@rt.test"), ("letter", "RT 001")))], now=NOW)
    assert Message.objects.values_list("channel", "address", "state", "route").get() == (
        "email",
        "a@rt.test",
        "queued",
        [["letter", "RT 001"]],
    )


@pytest.mark.django_db
def test_what_people_carry_out_waits_as_a_task_and_not_for_a_worker():
    enqueue([draft(1, route=(("manual", "+6281234567890"), ("letter", "RT 001")))], now=NOW)
    assert Message.objects.get().state == "task"
    assert not Message.objects.due(NOW).exists()
    assert Message.objects.waiting().exists()


@pytest.mark.django_db(transaction=True)
def test_one_transaction_wakes_one_worker_after_its_commit():
    with transaction.atomic():
        enqueue([draft(1)], now=NOW)
        enqueue([draft(2)], now=NOW)
        assert wakeups() == 0
    assert wakeups() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_what_is_known_or_due_later():
    enqueue([draft(1, due_at=NOW.replace(year=NOW.year + 1))], now=NOW)
    enqueue([draft(1)], now=NOW)
    assert wakeups() == 0


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_no_message():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue([draft(1)], now=NOW)
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert wakeups() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_enqueue_the_same_at_once_count_each_message_once():
    counts, together = [], threading.Barrier(2)

    def enqueue_all(numbers):
        try:
            together.wait()
            counts.append(enqueue([draft(number) for number in numbers], now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=enqueue_all, args=(numbers,)) for numbers in (range(300), range(299, -1, -1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 300
    assert Message.objects.count() == 300
