import pytest

from rtportal.messaging.channels.whatsapp.errors import Effect, Failure, meaning_of


@pytest.mark.parametrize(
    ("code", "effect", "failure"),
    [
        (131026, Effect.THIS_FOR_GOOD, Failure.ADDRESS),
        (131047, Effect.THIS_FOR_GOOD, Failure.CONTENT),
        (132001, Effect.THIS_FOR_GOOD, Failure.CONTENT),
        (131049, Effect.THIS_FOR_GOOD, Failure.UNDELIVERED),
        (131050, Effect.THIS_FOR_GOOD, Failure.OPTED_OUT),
        (131056, Effect.THIS_FOR_NOW, Failure.CHANNEL),
        (131000, Effect.THIS_FOR_NOW, Failure.CHANNEL),
        (130429, Effect.ALL_FOR_NOW, Failure.CHANNEL),
        (190, Effect.ALL_FOR_NOW, Failure.CHANNEL),
        (368, Effect.ALL_FOR_NOW, Failure.CHANNEL),
    ],
)
def test_a_code_says_what_it_stops(code, effect, failure):
    meaning = meaning_of(code)
    assert (meaning.effect, meaning.failure) == (effect, failure)


def test_a_second_message_to_one_person_waits_six_seconds():
    assert meaning_of(131056).pause.total_seconds() == 6


def test_a_dead_token_is_named():
    assert "WHATSAPP_TOKEN" in meaning_of(190).sentence


@pytest.mark.parametrize(
    ("status", "effect"),
    [(400, Effect.THIS_FOR_GOOD), (401, Effect.ALL_FOR_NOW), (429, Effect.ALL_FOR_NOW), (500, Effect.THIS_FOR_NOW)],
)
def test_an_unknown_code_is_judged_by_its_status_and_shown(status, effect):
    meaning = meaning_of(999999, status)
    assert meaning.effect == effect
    assert "kode 999999" in meaning.sentence


def test_a_report_without_a_code_has_failed():
    assert meaning_of(None).effect == Effect.THIS_FOR_GOOD
