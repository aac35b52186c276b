from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from participants.models import Enrolment
from participants.use_cases.check_phone_digits import (
    LONGEST_PAUSE,
    PAUSE,
    DigitsRefused,
    check_phone_digits,
)
from rtportal.audit.models import AuditEvent
from tests import factories
from tests.factories import MURUNG_PUDAK, NOW

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def enrolment(db) -> Enrolment:
    return _enrolment()


def _enrolment(**fields) -> Enrolment:
    factories.regions(MURUNG_PUDAK)
    return factories.enrolment(wave=factories.wave(), head=factories.head(**{"phone": "+6281234567890"} | fields))


def tried(enrolment: Enrolment, digits: str, at=NOW) -> DigitsRefused | None:
    try:
        check_phone_digits(enrolment_id=enrolment.pk, digits=digits, now=at)
    except DigitsRefused as refusal:
        return refusal
    return None


def test_the_right_digits_open(enrolment):
    assert tried(enrolment, "7890") is None


def test_each_wrong_try_says_how_many_are_left(enrolment):
    said = [tried(enrolment, "0000").sentence for _ in range(4)]
    assert [f"mencoba {left} kali lagi" in sentence for left, sentence in zip((4, 3, 2, 1), said, strict=True)] == [
        True
    ] * 4


def test_after_five_wrong_tries_even_the_right_digits_wait_a_quarter_of_an_hour(enrolment):
    for _ in range(5):
        refused = tried(enrolment, "0000")
    assert refused.is_paused
    assert "Coba lagi mulai pukul 10.16 WITA" in refused.sentence
    assert tried(enrolment, "7890", NOW + PAUSE - timedelta(seconds=1)).is_paused
    assert tried(enrolment, "7890", NOW + PAUSE) is None


def test_a_restarted_cache_gives_no_new_tries(enrolment):
    for _ in range(5):
        tried(enrolment, "0000")
        cache.clear()
    assert tried(enrolment, "7890", SOON).is_paused


def test_tries_during_a_pause_do_not_prolong_it(enrolment):
    for _ in range(9):
        tried(enrolment, "0000")
    assert tried(enrolment, "7890", NOW + PAUSE) is None


def test_whoever_goes_on_guessing_waits_longer_each_time(enrolment):
    at, pauses = NOW, []
    # Some 30,000 are more than anybody can make, and still no number too large.
    for begun in (0, 5, 10, 15, 20, 25, 30, 35, 30_000):
        Enrolment.objects.update(wrong_digits=begun)
        for _ in range(5):
            tried(enrolment, "0000", at)
        enrolment.refresh_from_db()
        pauses.append(enrolment.digits_again_at - at)
        at = enrolment.digits_again_at
    assert pauses[:3] == [PAUSE, 2 * PAUSE, 4 * PAUSE]
    assert pauses[-1] == LONGEST_PAUSE


def test_the_right_digits_forget_the_wrong_ones(enrolment):
    for _ in range(4):
        tried(enrolment, "0000")
    tried(enrolment, "7890")
    assert "4 kali lagi" in tried(enrolment, "0000").sentence


def test_a_pause_stands_in_the_history_without_the_digits(enrolment):
    for _ in range(5):
        tried(enrolment, "0001")
    event = AuditEvent.objects.get(action="own_data.paused")
    assert event.subject == enrolment.wave.group
    assert "0001" not in event.sentence
    assert "7890" not in event.sentence


def test_a_head_without_a_telephone_has_no_digits(db):
    enrolment = _enrolment(phone="")
    assert tried(enrolment, "") is not None
    assert tried(enrolment, "7890") is not None


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_share_the_five_tries():
    enrolment = _enrolment()

    def guess(number: int) -> bool:
        try:
            return tried(enrolment, f"{number:04d}").is_paused
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        paused = list(pool.map(guess, range(40)))
    # The fifth wrong try is told of the pause, too.
    assert paused.count(False) == 4
    enrolment.refresh_from_db()
    assert enrolment.wrong_digits == 5
